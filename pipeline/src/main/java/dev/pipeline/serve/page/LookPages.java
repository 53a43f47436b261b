package dev.pipeline.serve.page;

import dev.pipeline.config.PipelineConfig;
import dev.pipeline.evaluate.drift.DriftDay;
import dev.pipeline.evaluate.drift.DriftFolder;
import dev.pipeline.evaluate.report.DriftPage;
import dev.pipeline.jobs.Workspace;
import dev.pipeline.plan.PlanStore;
import dev.pipeline.release.ReleaseView;
import dev.pipeline.serve.api.Missing;
import dev.pipeline.serve.look.DatasetShelf;
import dev.pipeline.serve.look.DatasetView;
import dev.pipeline.serve.look.LineageDesk;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Datasets, releases, plans and drift. */
@Hidden
@RestController
public final class LookPages {
  private static final int PLANS = 20;

  private final Pages pages;
  private final PipelineConfig config;
  private final DatasetShelf shelf;
  private final LineageDesk lineage;
  private final PlanStore plans;
  private final DriftFolder drift;

  /** The pages of what lies on the disk. */
  public LookPages(
      Pages pages,
      PipelineConfig config,
      DatasetShelf shelf,
      LineageDesk lineage,
      PlanStore plans,
      DriftFolder drift) {
    this.pages = pages;
    this.config = config;
    this.shelf = shelf;
    this.lineage = lineage;
    this.plans = plans;
    this.drift = drift;
  }

  @GetMapping("/datasets")
  ResponseEntity<String> datasets() {
    return pages.page("datasets", "Datasets", "datasets", Map.of("datasets", shelf.list()));
  }

  @GetMapping("/datasets/{kind}/{name}/{version}")
  ResponseEntity<String> dataset(
      @PathVariable String kind,
      @PathVariable String name,
      @PathVariable String version,
      @RequestParam(defaultValue = "train") String part,
      @RequestParam(defaultValue = "1") int rows,
      @RequestParam(defaultValue = "") String reason,
      @RequestParam(defaultValue = "1") int page) {
    Supplier<ResponseStatusException> missing = Missing.of("such dataset");
    DatasetView dataset = shelf.find(kind, name, version).orElseThrow(missing);
    return pages.page(
        "dataset",
        name,
        "datasets",
        Map.of(
            "dataset",
            dataset,
            "card",
            Card.of(dataset.card()),
            "rows",
            shelf.rows(kind, name, version, part, rows).orElseThrow(missing),
            "rejected",
            shelf.rejected(kind, name, version, reason, page).orElseThrow(missing),
            "reason",
            reason));
  }

  @GetMapping("/releases")
  ResponseEntity<String> releases() {
    return pages.page("releases", "Releases", "releases", Map.of("view", view()));
  }

  @GetMapping("/releases/{version}")
  ResponseEntity<String> release(@PathVariable int version) {
    ReleaseView.Line line =
        view().releases().stream()
            .filter(one -> one.version() == version)
            .findFirst()
            .orElseThrow(Missing.of("release " + version));
    return pages.page(
        "release",
        "Release " + version,
        "releases",
        Map.of("page", ReleasePage.of(line, lineage, shelf)));
  }

  @GetMapping("/plans")
  ResponseEntity<String> plans(@RequestParam(name = "q", defaultValue = "") String query) {
    List<PlanStore.Match> matches =
        query.isBlank()
            ? plans.fetch(config.model().modelName(), PLANS).stream()
                .map(plan -> new PlanStore.Match(plan, 1))
                .toList()
            : plans.search(query, PLANS);
    return pages.page(
        "plans", "Plans", "plans", Map.of("query", query.strip(), "matches", matches));
  }

  @GetMapping("/plans/{id}")
  ResponseEntity<String> plan(@PathVariable UUID id) {
    return pages.page(
        "plan",
        "Plan",
        "plans",
        Map.of("plan", plans.find(id).orElseThrow(Missing.of("plan " + id))));
  }

  @GetMapping("/drift")
  ResponseEntity<String> drift() {
    List<DriftDay> days = drift.history();
    return pages.page(
        "drift",
        "Drift",
        "drift",
        Map.of(
            "days", days, "charts", days.isEmpty() ? List.of() : List.of(DriftPage.chart(days))));
  }

  private ReleaseView view() {
    return ReleaseView.of(Workspace.of(config.model()).model());
  }
}
