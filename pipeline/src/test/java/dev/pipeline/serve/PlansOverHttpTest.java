package dev.pipeline.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.config.PipelineConfig;
import dev.pipeline.io.Json;
import dev.pipeline.jobs.PlanStores;
import dev.pipeline.plan.PlanRecord;
import dev.pipeline.plan.PlanStore;
import dev.pipeline.talk.Scripted;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What an agent finds of the plans that runs recorded. */
class PlansOverHttpTest {
  private static final String PLAN =
      """
      {"id": "00000000-0000-0000-0000-00000000000%d", "document_type": "model_plan",
       "model_name": "%s", "plan_text": "%s",
       "metadata": {"model_name": "%2$s", "plan_version": "1", "run_key": "k%1$d",
                    "dataset_counts": {"train": 3}, "deployment_status": "published"},
       "created_at": "2026-01-0%1$dT00:00:00Z", "tags": ["tone"]}
      """;

  @TempDir Path home;

  @Test
  void plansAreListedShownAndFoundByMeaning() {
    PipelineConfig config = Served.config(home);
    try (PlanStore plans = PlanStores.of(config)) {
      plans.record(plan(1, "m", "Teach the buyer to ask for the index."));
      plans.record(plan(2, "m", "Answer late deliveries warmly."));
      plans.record(plan(3, "other", "Answer in verse."));
    }
    try (Served served = Served.start(config, false, () -> new Scripted(100))) {
      List<String> ids =
          served.json("/api/plans").valueStream().map(one -> one.get("id").asString()).toList();
      assertThat(ids).hasSize(2);
      JsonNode latest = served.json("/api/plans/latest");
      assertThat(latest.get("id").asString()).isEqualTo(ids.get(0));
      assertThat(latest.propertyNames())
          .contains("document_type", "model_name", "plan_text", "metadata", "created_at", "tags");
      assertThat(served.json("/api/plans/" + ids.get(1)).get("plan_text").asString())
          .contains("index");
      assertThat(served.json("/api/plans/search?q=delays%20of%20shipments").at("/0/plan/id"))
          .isEqualTo(latest.get("id"));
      assertThat(served.json("/api/plans/latest?model_name=other").get("plan_text").asString())
          .contains("verse");
      assertThat(served.get("/api/plans/00000000-0000-0000-0000-00000000000f").status())
          .isEqualTo(404);
      assertThat(served.get("/api/plans/nosuch").status()).isEqualTo(400);
    }
  }

  private static PlanRecord plan(int number, String model, String text) {
    return Json.parse(PLAN.formatted(number, model, text), PlanRecord.class, "plan");
  }
}
