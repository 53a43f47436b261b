package dev.pipeline.evaluate.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HistogramTest {
  @Test
  void putsEveryAnswerIntoOneBin() {
    Histogram histogram = Histogram.of(List.of(0, 19, 20, 100), List.of(10, 10, 11, 19));
    assertThat(histogram.bars())
        .extracting(Histogram.Bar::text)
        .contains(
            "base: 1 answers of 0 to 9 tokens",
            "base: 1 answers of 10 to 19 tokens",
            "base: 1 answers of 20 to 29 tokens",
            "base: 1 answers of 100 to 109 tokens",
            "tuned: 4 answers of 10 to 19 tokens");
  }

  @Test
  void drawsTheHighestBarToItsTick() {
    Histogram histogram = Histogram.of(List.of(1, 1), List.of(1, 1));
    assertThat(histogram.bars())
        .anyMatch(bar -> bar.y().equals(histogram.vertical().get(2).position()));
    assertThat(histogram.vertical()).extracting(Tick::label).containsExactly("0", "1", "2");
  }

  @Test
  void survivesEmptyAnswers() {
    assertThat(Histogram.of(List.of(0), List.of(0)).bars()).isNotEmpty();
  }
}
