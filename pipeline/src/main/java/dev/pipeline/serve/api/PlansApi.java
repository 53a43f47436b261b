package dev.pipeline.serve.api;

import dev.pipeline.config.PipelineConfig;
import dev.pipeline.plan.PlanRecord;
import dev.pipeline.plan.PlanStore;
import io.swagger.v3.oas.annotations.Operation;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/plans}. */
@RestController
@RequestMapping("/api/plans")
public final class PlansApi {
  private static final int MOST = 1000;

  private final PlanStore plans;
  private final String model;

  /** Of the plans in {@code plans}; the model of {@code config} where none is named. */
  public PlansApi(PlanStore plans, PipelineConfig config) {
    this.plans = plans;
    this.model = config.model().modelName();
  }

  @Operation(summary = "Plans of a model, newest first")
  @GetMapping
  List<PlanRecord> list(
      @RequestParam(name = "model_name", required = false) @Nullable String name,
      @RequestParam(defaultValue = "50") int limit) {
    return plans.fetch(Objects.requireNonNullElse(name, model), within(limit));
  }

  @Operation(summary = "The newest plan of a model")
  @GetMapping("/latest")
  PlanRecord latest(@RequestParam(name = "model_name", required = false) @Nullable String name) {
    String wanted = Objects.requireNonNullElse(name, model);
    return plans.latest(wanted).orElseThrow(Missing.of("plan of " + wanted));
  }

  @Operation(summary = "One plan, by its id")
  @GetMapping("/{id}")
  PlanRecord show(@PathVariable UUID id) {
    return plans.find(id).orElseThrow(Missing.of("plan " + id));
  }

  @Operation(summary = "Plans whose text resembles a question, the most similar first")
  @GetMapping("/search")
  List<PlanStore.Match> search(
      @RequestParam String q, @RequestParam(defaultValue = "10") int limit) {
    return plans.search(q, within(limit));
  }

  private static int within(int limit) {
    return Math.min(MOST, Math.max(0, limit));
  }
}
