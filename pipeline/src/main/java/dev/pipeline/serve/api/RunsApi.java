package dev.pipeline.serve.api;

import dev.pipeline.evaluate.gate.Verdict;
import dev.pipeline.evaluate.report.Point;
import dev.pipeline.io.Failure;
import dev.pipeline.jobs.GateCheck;
import dev.pipeline.jobs.RunCatalog;
import dev.pipeline.jobs.RunManifest;
import dev.pipeline.jobs.RunView;
import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/runs} and {@code /api/gates}. */
@RestController
@RequestMapping("/api")
public final class RunsApi {
  private static final int MOST_LINES = 500;

  private final RunCatalog runs;

  /** Of the runs in {@code runs}. */
  public RunsApi(RunCatalog runs) {
    this.runs = runs;
  }

  /**
   * A run with what its folder holds.
   *
   * @param ingredients what its key was made of
   * @param outputs what it made, with digests, once it is done
   */
  public record RunDetails(
      RunView run, Map<String, String> ingredients, Map<String, RunManifest.Output> outputs) {}

  /**
   * The gate's word.
   *
   * @param run that was evaluated
   * @param baseline what it was compared with, where there was something
   * @param verdict absent where the evaluation cannot be judged
   * @param trouble why it cannot be judged
   */
  public record GateResult(
      String run,
      String subject,
      Optional<String> baseline,
      Optional<Verdict> verdict,
      Optional<String> trouble) {
    static GateResult of(String run, GateCheck check) {
      return new GateResult(
          run, check.subject(), check.baseline(), Optional.of(check.verdict()), Optional.empty());
    }

    /** One damaged evaluation must not hide the others. */
    private static Optional<GateResult> judged(RunCatalog runs, String run) {
      try {
        return runs.gate(run).map(check -> of(run, check));
      } catch (Failure failure) {
        return Optional.of(
            new GateResult(
                run, run, Optional.empty(), Optional.empty(), Optional.of(failure.reason())));
      }
    }
  }

  @Operation(summary = "All runs, the one that began last first, with state and progress")
  @GetMapping("/runs")
  List<RunView> list(@RequestParam(defaultValue = "200") int limit) {
    return runs.list().stream().limit(Math.max(0, limit)).toList();
  }

  @Operation(summary = "One run: settings, digests of what it read, and what it made")
  @GetMapping("/runs/{name}")
  RunDetails show(@PathVariable String name) {
    return new RunDetails(
        runs.find(name).orElseThrow(Missing.of("run " + name)),
        runs.ingredients(name),
        runs.manifest(name).map(RunManifest::outputs).orElseGet(Map::of));
  }

  @Operation(summary = "The curves of a training, by key: points of step and value")
  @GetMapping("/runs/{name}/metrics")
  Map<String, List<Point>> metrics(@PathVariable String name) {
    RunView run = runs.find(name).orElseThrow(Missing.of("run " + name));
    return runs.metrics(run.name()).curves();
  }

  @Operation(summary = "The program's log while a run was worked on")
  @GetMapping("/runs/{name}/log")
  List<String> log(@PathVariable String name, @RequestParam(defaultValue = "200") int lines) {
    RunView run = runs.find(name).orElseThrow(Missing.of("run " + name));
    return runs.log(run, Math.min(MOST_LINES, Math.max(0, lines)));
  }

  @Operation(summary = "The gate's word on every evaluation, by the bounds configured now")
  @GetMapping("/gates")
  List<GateResult> gates() {
    return runs.evaluated().stream()
        .flatMap(name -> GateResult.judged(runs, name).stream())
        .toList();
  }

  @Operation(summary = "The gate's word on one evaluation")
  @GetMapping("/gates/{name}")
  GateResult gate(@PathVariable String name) {
    return runs.gate(name)
        .map(check -> GateResult.of(name, check))
        .orElseThrow(Missing.of("evaluation in a run " + name));
  }
}
