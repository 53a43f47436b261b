package dev.pipeline.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.config.ConfigLoader;
import dev.pipeline.config.PipelineConfig;
import dev.pipeline.embed.LetterEmbedder;
import dev.pipeline.evaluate.drift.DriftDay;
import dev.pipeline.evaluate.drift.DriftDetector;
import dev.pipeline.evaluate.drift.Transcript;
import dev.pipeline.plan.Learning;
import dev.pipeline.plan.PlanStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearningsTest {
  private static final Instant NOW = Instant.parse("2026-02-01T00:00:00Z");

  @TempDir Path folder;
  private PipelineConfig config;

  @BeforeEach
  void configure() {
    config =
        ConfigLoader.load(
            Path.of("../configs/demo"),
            List.of("output_dir=" + folder, "dataset_dir=" + folder),
            "model");
  }

  @Test
  void agentsAreToldThatTheModelDriftedOnceADay() {
    Learnings.tellDrift(config, day("The log is requested herewith."), NOW);
    Learnings.tellDrift(config, day("The log is requested herewith."), NOW.plusSeconds(9));

    assertThat(told())
        .singleElement()
        .satisfies(
            learning -> {
              assertThat(learning.eventType()).isEqualTo("drift_finding");
              assertThat(learning.workflowId()).isEqualTo("2026-02-01");
              assertThat(learning.summary()).contains("on 2026-02-01: DRIFT");
              assertThat(learning.metadata()).containsEntry("release", 3).containsKey("fall");
              assertThat(learning.createdAt()).startsWith("2026-02-01T00:00:00.");
            });
  }

  @Test
  void aDayWithoutDriftIsNotTold() {
    Learnings.tellDrift(config, day("I see why that stings. Could you send me the log?"), NOW);

    assertThat(told()).isEmpty();
  }

  private List<Learning> told() {
    try (PlanStore plans = PlanStores.of(config)) {
      return plans.learnings(Learning.LEARNING, 9);
    }
  }

  private static DriftDay day(String answer) {
    return new DriftDay(
        "2026-02-01",
        "sha",
        3,
        "2026-01-01",
        null,
        new DriftDetector(0.1, new LetterEmbedder(26))
            .compare(
                answers("I see why that stings. Could you send me the log?"), answers(answer)));
  }

  private static List<Transcript> answers(String answer) {
    return IntStream.range(0, 20)
        .mapToObj(i -> new Transcript("task-" + i, "message", answer))
        .toList();
  }
}
