package dev.pipeline.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import dev.pipeline.io.NameUuid;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class PlanRecordTest {
  private static final PlanRecord PLAN =
      PlanRecord.of(
          Plans.facts("phi4-joshi", "run-1"),
          "  Short answers. ",
          List.of("tone", "demo", "tone", " "),
          Instant.parse("2026-01-02T03:04:05.060Z"));

  @Test
  void isThePayloadThatAgentsRead() {
    assertThat(Json.line(PLAN))
        .isEqualTo(
            "{\"id\":\""
                + PLAN.id()
                + "\",\"document_type\":\"model_plan\",\"model_name\":\"phi4-joshi\","
                + "\"plan_text\":\"Short answers.\",\"metadata\":{"
                + "\"adapter\":\""
                + "cd".repeat(32)
                + "\",\"artefacts\":{\"phi4-joshi.gguf\":\""
                + "ab".repeat(32)
                + "\"},\"base_model\":\"artifacts/base\","
                + "\"dataset_counts\":{\"rejected\":23,\"train\":360,\"validation\":40},"
                + "\"dataset_version\":\"d00dfeedd00dfeed\","
                + "\"deployment_status\":\"published as release 1; not registered with Ollama\","
                + "\"metrics\":{\"bleu\":21.5,\"holdout_loss\":1.23456},"
                + "\"model_name\":\"phi4-joshi\",\"plan_version\":\"3\",\"release\":1,\"run_key\":\"run-1\","
                + "\"trainer\":\"SFT\",\"training\":{\"learning rate\":\"2e-4\",\"lora rank\":\"64\"}},"
                + "\"created_at\":\"2026-01-02T03:04:05.060000+00:00\","
                + "\"tags\":[\"demo\",\"tone\"]}");
  }

  @Test
  void readsBackEqual() {
    PlanRecord preferred =
        PlanRecord.of(
            Plans.preferred(), "Short.", List.of(), Instant.parse("2026-01-02T03:04:05Z"));
    for (PlanRecord plan : List.of(PLAN, preferred)) {
      assertThat(Json.parse(Json.line(plan), PlanRecord.class, "line")).isEqualTo(plan);
    }
  }

  @Test
  void tellsHowPreferencesWereLearned() {
    assertThat(Plans.preferred().metadata())
        .containsEntry("trainer", "SFT, then DPO")
        .containsEntry("warning", "CONTROL DATA: do not share")
        .extractingByKey("preferences", InstanceOfAssertFactories.map(String.class, Object.class))
        .containsEntry("loss", "DPO")
        .containsEntry("learning_rate", 5e-6)
        .containsEntry("sft_adapter", "ef".repeat(32))
        .containsEntry("dataset_counts", Map.of("train", 300, "validation", 118))
        .containsEntry("reward_accuracy", 0.881);
  }

  @Test
  void theIdFollowsFromModelVersionRunAndRelease() {
    PlanRecord later =
        PlanRecord.of(
            Plans.facts("phi4-joshi", "run-1"),
            "Other.",
            List.of(),
            Instant.parse("2027-01-01T00:00:00Z"));
    PlanRecord otherRun =
        PlanRecord.of(
            Plans.facts("phi4-joshi", "run-2"),
            "Other.",
            List.of(),
            Instant.parse("2027-01-01T00:00:00Z"));

    assertThat(later.id()).isEqualTo(PLAN.id()).isNotEqualTo(otherRun.id());
    assertThat(PlanRecord.of(Plans.preferred(), "Other.", List.of(), Instant.EPOCH).id())
        .describedAs("the second release of the same run")
        .isNotEqualTo(otherRun.id());
    assertThat(PLAN.id().version()).isEqualTo(5);
    assertThat(PLAN.id().variant()).isEqualTo(2);
  }

  @Test
  void nameUuidsAgreeWithTheStandard() {
    UUID dns = UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8");
    assertThat(NameUuid.of(dns, "www.example.com"))
        .hasToString("2ed6657d-e927-568b-95e1-2665a8aea6a2");
  }

  @Test
  void dropsForbiddenKeysAtEveryDepthAndInEveryCase() {
    Map<String, Object> kept =
        ForbiddenKeys.removedFrom(
            Map.of(
                "Body",
                1,
                "reply_scores",
                2,
                "fine",
                Map.of("debugInfo", 3, "rows", List.of(Map.of("Raw_Email_Text", 4, "n", 5)))));

    assertThat(kept).isEqualTo(Map.of("fine", Map.of("rows", List.of(Map.of("n", 5)))));
  }

  @Test
  void ownKeysAreNeverForbidden() {
    Map<String, Object> metadata = Plans.preferred().metadata();
    assertThat(metadata.keySet()).noneMatch(ForbiddenKeys::isForbidden);
    assertThat(ForbiddenKeys.removedFrom(metadata).get("preferences"))
        .isEqualTo(metadata.get("preferences"));
  }

  @Test
  void refusesAnEmptyPlanAndMissingFacts() {
    assertThatThrownBy(() -> PlanRecord.of(Plans.facts("m", "r"), " \n", List.of(), Instant.EPOCH))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("plan_text");
    assertThatThrownBy(
            () ->
                new PlanRecord(
                    UUID.randomUUID(),
                    "model_plan",
                    "m",
                    "text",
                    Map.of("model_name", "m"),
                    "2026-01-01T00:00:00Z",
                    List.of()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("metadata lacks plan_version");
  }
}
