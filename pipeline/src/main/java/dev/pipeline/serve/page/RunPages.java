package dev.pipeline.serve.page;

import dev.pipeline.jobs.RunCatalog;
import dev.pipeline.jobs.RunView;
import dev.pipeline.serve.api.Missing;
import io.swagger.v3.oas.annotations.Hidden;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Runs: the list, and each with its curves. */
@Hidden
@RestController
public final class RunPages {
  /** A report carries its style in itself, and no script. */
  private static final String REPORT_POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'; sandbox";

  private final RunCatalog runs;
  private final Pages pages;
  private final LiveFeed live;

  /** The pages of {@code runs}. */
  public RunPages(RunCatalog runs, Pages pages, LiveFeed live) {
    this.runs = runs;
    this.pages = pages;
    this.live = live;
  }

  @GetMapping({"/", "/runs"})
  ResponseEntity<String> list(@RequestParam(defaultValue = "") String job) {
    List<RunView> all = runs.list();
    Map<String, Integer> jobs = new TreeMap<>();
    all.forEach(run -> jobs.merge(run.job(), 1, Integer::sum));
    return pages.page(
        "runs", "Runs", "runs", Map.of("runs", of(job, all), "jobs", jobs, "job", job));
  }

  @GetMapping(path = "/runs/live", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  SseEmitter listLive(@RequestParam(defaultValue = "") String job) {
    // Whatever is asked for, there are no more feeds than jobs.
    String known = runs.list().stream().anyMatch(run -> run.job().equals(job)) ? job : "";
    return live.listen(
        "runs " + known,
        () ->
            pages.part(
                "runsTable",
                Map.of("runs", of(known, runs.list()), "first", pages.command("run sft"))));
  }

  private static List<RunView> of(String job, List<RunView> all) {
    return all.stream().filter(run -> job.isEmpty() || run.job().equals(job)).toList();
  }

  @GetMapping("/runs/{name}")
  ResponseEntity<String> show(@PathVariable String name) {
    RunPage page = RunPage.whole(runs, run(name));
    return pages.page("run", page.run().job() + " " + name, "runs", Map.of("page", page));
  }

  @GetMapping(path = "/runs/{name}/live", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
  SseEmitter showLive(@PathVariable String name) {
    run(name);
    return live.listen(
        "run " + name, () -> pages.part("runLive", Map.of("page", RunPage.live(runs, run(name)))));
  }

  @GetMapping("/runs/{name}/report")
  ResponseEntity<Resource> report(@PathVariable String name) {
    Path report = runs.report(name).orElseThrow(Missing.of("report of a run " + name));
    return ResponseEntity.ok()
        .header("Content-Security-Policy", REPORT_POLICY)
        .contentType(Pages.HTML)
        .body(new FileSystemResource(report));
  }

  private RunView run(String name) {
    return runs.find(name).orElseThrow(Missing.of("run " + name));
  }
}
