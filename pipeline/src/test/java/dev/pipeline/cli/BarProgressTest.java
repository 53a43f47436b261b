package dev.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class BarProgressTest {
  private static final int COLUMNS = 60;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final BarProgress progress =
      new BarProgress(new PrintStream(bytes, true, StandardCharsets.UTF_8), "sft", COLUMNS);

  @Test
  void showsPositionAndMessageOnOneLineThatIsGoneAtTheEnd() {
    progress.at(5, 10, "loss 1.5");
    progress.close();

    assertThat(text()).contains("50%", "5/10", "loss 1.5").doesNotContain("\n");
    assertThat(lines().get(lines().size() - 1)).isBlank();
  }

  @Test
  void anUnknownLengthShowsWordsAndTimeAndNoBar() {
    progress.at(0, 0, "loading");
    progress.close();

    assertThat(text()).contains("sft (0 s) loading").doesNotContain("?", "%", "/0");
  }

  @Test
  void neverWrapsALine() {
    progress.at(5, 10, "a very long message ".repeat(20));
    progress.close();

    assertThat(lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(COLUMNS));
  }

  @Test
  void anUnknownLengthIsOneBarAndNotOneAReport() {
    for (int row = 1; row <= 50; row++) {
      progress.at(row, 0, "rows");
    }
    progress.close();

    assertThat(lines().stream().filter(line -> !line.isEmpty() && line.isBlank())).hasSize(1);
  }

  private List<String> lines() {
    return List.of(text().split("\r"));
  }

  private String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
