package dev.pipeline.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingPositionTest {
  @TempDir Path folder;

  @Test
  void theLastWholeStepCounts() throws IOException {
    Files.writeString(
        folder.resolve("metrics.jsonl"),
        """
        {"step":1,"epoch":0.25,"loss":5.5,"tokens_per_second":1800.2}
        {"step":2,"epoch":0.5,"loss":5.25,"tokens_per_second":2120.4}
        {"step":2,"eval_loss":5.1}
        {"step":3,"epoch":0.75,"loss":5.1,"tokens_per_""");
    assertThat(TrainingPosition.in(folder, 3)).contains("step 2 of 12, loss 5.250, 2120 tokens/s");
  }

  @Test
  void whoDoesNotTrainIsNowhere() throws IOException {
    assertThat(TrainingPosition.in(folder, 3)).isEmpty();
    Files.writeString(folder.resolve("metrics.jsonl"), "");
    assertThat(TrainingPosition.in(folder, 3)).isEmpty();
  }
}
