package dev.pipeline.evaluate.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class HistogramTest {
  @Test
  void putsEveryAnswerIntoOneBin() {
    Histogram histogram = of(List.of(0, 19, 20, 100), List.of(10, 10, 11, 19));
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
    Histogram histogram = of(List.of(1, 1), List.of(1, 1));
    assertThat(histogram.bars())
        .anyMatch(bar -> bar.y().equals(histogram.vertical().get(2).position()));
    assertThat(histogram.vertical()).extracting(Tick::label).containsExactly("0", "1", "2");
  }

  @Test
  void survivesEmptyAnswers() {
    assertThat(of(List.of(0), List.of(0)).bars()).isNotEmpty();
  }

  @Test
  void barsOfABinStandBesideEachOther() {
    List<Histogram.Bar> bars =
        Histogram.of(
                Stream.of("one", "two", "three")
                    .map(name -> new Histogram.Group(name, name, List.of(5, 5)))
                    .toList())
            .bars();
    for (int i = 1; i < 3; i++) {
      double end =
          Double.parseDouble(bars.get(i - 1).x()) + Double.parseDouble(bars.get(i - 1).width());
      assertThat(Double.parseDouble(bars.get(i).x())).isCloseTo(end, within(0.02));
    }
  }

  private static Histogram of(List<Integer> base, List<Integer> tuned) {
    return Histogram.of(
        List.of(
            new Histogram.Group("base", "one", base), new Histogram.Group("tuned", "two", tuned)));
  }
}
