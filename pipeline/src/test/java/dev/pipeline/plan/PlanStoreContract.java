package dev.pipeline.plan;

import static dev.pipeline.plan.Plans.plan;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What every plan store does, wherever it keeps its plans. */
interface PlanStoreContract {
  /** A store on the same memory at every call; empty at the first call of a test. */
  PlanStore open();

  @Test
  default void givesBackWhatItWasGiven() {
    PlanRecord plan = plan("phi4-joshi", "run-1", "Short, warm answers.", "2026-01-01T00:00:00Z");

    assertThat(open().record(plan)).isEqualTo(plan);
    assertThat(open().latest("phi4-joshi")).contains(plan);
  }

  @Test
  default void isEmptyForAModelItDoesNotKnow() {
    open().record(plan("phi4-joshi", "run-1", "Plan.", "2026-01-01T00:00:00Z"));

    assertThat(open().latest("other")).isEmpty();
    assertThat(open().fetch("other", 5)).isEmpty();
  }

  @Test
  default void recordingARunTwiceIsOnePlanDatedByTheFirst() {
    open().record(plan("phi4-joshi", "run-1", "First wording.", "2026-01-01T00:00:00Z"));
    open().record(plan("phi4-joshi", "run-2", "Second run.", "2026-01-02T00:00:00Z"));
    open().record(plan("phi4-joshi", "run-1", "Better wording.", "2026-01-03T00:00:00Z"));

    assertThat(open().fetch("phi4-joshi", 5))
        .extracting(PlanRecord::planText)
        .containsExactly("Second run.", "Better wording.");
  }

  @Test
  default void fetchesTheNewestOfAllPlansWhateverTheOrderOfRecording() {
    PlanStore store = open();
    for (int i = 0; i < 30; i++) {
      int day = 1 + (i * 7) % 30;
      String time = "2026-01-%02dT00:00:%02dZ".formatted(day, i);
      store.record(plan("phi4-joshi", "run-" + i, "Plan of day " + day, time));
    }

    List<PlanRecord> newest = store.fetch("phi4-joshi", 3);
    assertThat(newest)
        .extracting(PlanRecord::planText)
        .containsExactly("Plan of day 30", "Plan of day 29", "Plan of day 28");
  }

  @Test
  default void keepsModelsApart() {
    open().record(plan("phi4-joshi", "run-1", "Of phi4.", "2026-01-01T00:00:00Z"));
    open().record(plan("qwen-joshi", "run-1", "Of qwen.", "2026-01-01T00:00:00Z"));

    assertThat(open().fetch("qwen-joshi", 5))
        .extracting(PlanRecord::planText)
        .containsExactly("Of qwen.");
  }

  @Test
  default void searchPutsThePlanThatSpeaksOfItFirst() {
    PlanStore store = open();
    store.record(
        plan(
            "a",
            "1",
            "Empathetic acknowledgements for delayed deliveries.",
            "2026-01-01T00:00:00Z"));
    store.record(
        plan("b", "1", "Summaries of invoices for the finance team.", "2026-01-02T00:00:00Z"));
    store.record(plan("c", "1", "Translation of contracts into German.", "2026-01-03T00:00:00Z"));

    List<PlanStore.Match> matches = store.search("invoice summary", 2);
    assertThat(matches.get(0).plan().modelName()).isEqualTo("b");
    assertThat(matches).hasSizeLessThanOrEqualTo(2);
    assertThat(matches)
        .allSatisfy(match -> assertThat(match.similarity()).isBetween(1e-9, 1.0 + 1e-9));
  }

  @Test
  default void neverStoresForbiddenMetadata() {
    PlanRecord plan =
        PlanRecord.of(
            Plans.facts("phi4-joshi", "run-1"),
            "Plan.",
            List.of(),
            Instant.parse("2026-01-01T00:00:00Z"));
    Map<String, Object> metadata = new TreeMap<>(plan.metadata());
    metadata.put("raw_body", "Dear Ms Smith");
    PlanRecord leaking =
        new PlanRecord(
            plan.id(),
            plan.documentType(),
            plan.modelName(),
            plan.planText(),
            metadata,
            plan.createdAt(),
            plan.tags());

    open().record(leaking);

    assertThat(open().latest("phi4-joshi").orElseThrow().metadata())
        .doesNotContainKey("raw_body")
        .containsKeys("model_name", "plan_version", "dataset_counts", "deployment_status");
  }
}
