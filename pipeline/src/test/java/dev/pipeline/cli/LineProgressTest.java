package dev.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LineProgressTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1);
  private final LineProgress progress =
      new LineProgress(new PrintStream(bytes, true, StandardCharsets.UTF_8), "sft", clock::get);

  @Test
  void saysALineEveryFiveSecondsEvenWhenTheClockOverflows() {
    for (int step = 1; step <= 12; step++) {
      progress.at(step, 12, "loss " + step);
      clock.addAndGet(Duration.ofSeconds(1).toNanos());
    }

    assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
        .containsExactly("sft  6/12  loss 6, 6 s left", "sft  11/12  loss 11, 1 s left");
  }

  @Test
  void anUnknownTotalIsNotShown() {
    clock.addAndGet(Duration.ofSeconds(5).toNanos());
    progress.at(7, 0, "rows");

    assertThat(bytes.toString(StandardCharsets.UTF_8).lines()).containsExactly("sft  7  rows");
  }

  @Test
  void wordsWithoutACountStandAlone() {
    clock.addAndGet(Duration.ofSeconds(5).toNanos());
    progress.at(0, 0, "loading");

    assertThat(bytes.toString(StandardCharsets.UTF_8).lines()).containsExactly("sft  loading");
  }

  @Test
  void whatAnEarlierRunDidIsNotCountedToThePaceOfThisOne() {
    clock.addAndGet(Duration.ofSeconds(1).toNanos());
    progress.at(80, 100, "continued");
    clock.addAndGet(Duration.ofSeconds(10).toNanos());
    progress.at(90, 100, "on");

    assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
        .containsExactly("sft  90/100  on, 10 s left");
  }
}
