package dev.pipeline.plan;

import static dev.pipeline.plan.Plans.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipeline.io.Failure;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
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
    assertThat(open().find(plan.id())).contains(plan);
    assertThat(open().find(new UUID(1, 2))).isEmpty();
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
  default void aPlanOfAnotherModelIsRefusedAndForgotten() {
    PlanRecord plan = plan("phi4-joshi", "run-1", "Plan.", "2026-01-01T00:00:00Z");
    open().record(plan);
    PlanRecord thief =
        new PlanRecord(
            plan.id(),
            plan.documentType(),
            "other",
            plan.planText(),
            plan.metadata(),
            plan.createdAt(),
            plan.tags());

    assertThatThrownBy(() -> open().record(thief))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("phi4-joshi");
    assertThat(open().waiting()).isZero();
    assertThat(open().list(9)).containsExactly(plan);
  }

  @Test
  default void fetchesTheNewestOfAllPlansWhateverTheOrderOfRecording() {
    PlanStore store = open();
    for (int i = 0; i < 30; i++) {
      int day = 1 + (i * 7) % 30;
      String time = "2026-01-%02dT00:00:%02dZ".formatted(day, i);
      store.record(plan("phi4-joshi", "run-" + i, "Plan of day " + day, time));
    }

    assertThat(store.fetch("phi4-joshi", 3))
        .extracting(PlanRecord::planText)
        .containsExactly("Plan of day 30", "Plan of day 29", "Plan of day 28");
    assertThat(store.list(2))
        .extracting(PlanRecord::planText)
        .containsExactly("Plan of day 30", "Plan of day 29");
    assertThat(store.fetch("phi4-joshi", 100)).hasSize(30);
  }

  @Test
  default void keepsModelsApart() {
    open().record(plan("phi4-joshi", "run-1", "Of phi4.", "2026-01-01T00:00:00Z"));
    open().record(plan("qwen-joshi", "run-1", "Of qwen.", "2026-01-01T00:00:00Z"));

    assertThat(open().fetch("qwen-joshi", 5))
        .extracting(PlanRecord::planText)
        .containsExactly("Of qwen.");
    assertThat(open().list(5)).hasSize(2);
  }

  @Test
  default void searchPutsThePlanOfThatMeaningFirst() {
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

    List<PlanStore.Match> matches = store.search("condensing bills for the accountants", 2);
    assertThat(matches.get(0).plan().modelName()).as("no word is the same").isEqualTo("b");
    assertThat(matches).hasSizeLessThanOrEqualTo(2);
    assertThat(matches)
        .allSatisfy(match -> assertThat(match.similarity()).isBetween(1e-9, 1.0 + 1e-6));
    assertThat(store.search("late shipments", 1).get(0).plan().modelName()).isEqualTo("a");
  }

  @Test
  default void learningsAreNotPlansAndAreFoundByMeaning() {
    Instant time = Instant.parse("2026-02-01T00:00:00Z");
    Learning drift =
        Learning.of(
            "drift", "drift_finding", "day-1", "m", "The tone became stiff.", Map.of(), time);
    Learning thumb =
        Learning.of(
            "feedback",
            "thumb_down",
            "f-1",
            "m",
            "The price was promised too early.",
            Map.of("release", 2, "raw_body", "Dear Ms Smith"),
            time.plusSeconds(1));
    Learning data =
        Learning.ofDataset("negotiation", "abc", "Dataset of 360 rows.", Map.of("rows", 360), time);
    List.of(drift, thumb, data).forEach(open()::learn);
    open().learn(drift);

    assertThat(open().learnings(Learning.LEARNING, 9)).containsExactly(thumb, drift);
    assertThat(open().learnings(Learning.LEARNING, 1)).containsExactly(thumb);
    assertThat(open().learnings(Learning.DATASET, 9)).containsExactly(data);
    assertThat(thumb.metadata()).containsOnlyKeys("release");
    assertThat(open().searchLearnings(Learning.LEARNING, "too formal", 1))
        .extracting(PlanStore.Lesson::learning)
        .containsExactly(drift);
    assertThat(open().list(9)).isEmpty();
    assertThat(open().find(drift.id())).isEmpty();
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
    metadata.put("nested", Map.of("list", List.of(Map.of("Scores", 1, "kept", 2))));
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
        .containsEntry("nested", Map.of("list", List.of(Map.of("kept", 2))))
        .containsKeys("model_name", "plan_version", "dataset_counts", "deployment_status");
  }

  @Test
  default void whereNothingWaitsThereIsNothingToDeliver() {
    open().record(plan("m", "run-1", "Plan.", "2026-01-01T00:00:00Z"));

    PlanStore.Delivery done = open().sync();
    assertThat(done.delivered()).isZero();
    assertThat(done.waiting()).isZero();
    assertThat(done.trouble()).isEmpty();
  }
}
