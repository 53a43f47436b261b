package dev.pipeline.serve.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.pipeline.config.PipelineConfig;
import dev.pipeline.jobs.RunCatalog;
import dev.pipeline.jobs.RunView;
import dev.pipeline.jobs.Workspace;
import dev.pipeline.release.ReleaseView;
import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/status}. */
@RestController
public final class StatusApi {
  private final PipelineConfig config;
  private final RunCatalog runs;

  /** Of the model that {@code config} names. */
  public StatusApi(PipelineConfig config, RunCatalog runs) {
    this.config = config;
    this.runs = runs;
  }

  /**
   * Where things stand.
   *
   * @param serving the release that serves; absent before the first
   * @param running runs that a process works on
   */
  public record Status(
      @JsonProperty("model_name") String modelName,
      Optional<Integer> serving,
      List<RunView> running) {}

  @Operation(summary = "The model, the release that serves, and what runs")
  @GetMapping("/api/status")
  Status status() {
    return new Status(
        config.model().modelName(),
        Optional.ofNullable(ReleaseView.of(Workspace.of(config.model()).model()).serving()),
        runs.list().stream().filter(RunView::live).toList());
  }
}
