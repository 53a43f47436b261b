package dev.pipeline.evaluate.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipeline.io.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingLogTest {
  @TempDir Path folder;

  @Test
  void readsACurveOfEachNumber() throws IOException {
    TrainingLog log =
        read(
            """
            {"step":1,"epoch":0.1,"loss":3.5,"learning_rate":1.0E-4,"grad_norm":1.0,"tokens":7}
            {"step":1,"eval_loss":3.25,"eval_perplexity":25.8}
            {"step":2,"epoch":0.2,"loss":3.0,"learning_rate":2.0E-4,"grad_norm":1.0,"tokens":9}
            """);
    assertThat(log.curve("loss")).containsExactly(new Point(1, 3.5), new Point(2, 3));
    assertThat(log.curve("eval_loss")).containsExactly(new Point(1, 3.25));
    assertThat(log.curve("learning_rate")).containsExactly(new Point(1, 1e-4), new Point(2, 2e-4));
  }

  @Test
  void namesTheLineThatIsTorn() {
    assertThatThrownBy(() -> read("{\"step\":1,\"loss\":2}\n{\"step\":2,\"lo"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("metrics.jsonl line 2");
  }

  @Test
  void thinsLongCurvesToMeans() {
    List<Point> points = IntStream.range(0, 1_000).mapToObj(i -> new Point(i, i % 2)).toList();
    List<Point> thinned = new Series("loss", "one", points).thinned();
    assertThat(thinned).hasSizeBetween(300, 400);
    assertThat(thinned.get(0)).isEqualTo(new Point(1, 1 / 3.0));
  }

  private TrainingLog read(String lines) throws IOException {
    Path file = folder.resolve("metrics.jsonl");
    Files.writeString(file, lines);
    return TrainingLog.read(file);
  }
}
