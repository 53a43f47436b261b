package dev.pipeline.evaluate.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Golden scores come from {@code scripts/peers/bleu.py}. */
class BleuTest {
  @TestFactory
  Stream<DynamicTest> equalsSacreBleu() throws IOException {
    return SacreBleu.read().corpora().stream()
        .map(
            corpus ->
                DynamicTest.dynamicTest(
                    corpus.name(),
                    () ->
                        assertThat(corpus.score(new Bleu()))
                            .isCloseTo(corpus.bleu(), within(1e-6))));
  }

  @Test
  void equalsSacreBleuOnEachOf500Pairs() throws IOException {
    SacreBleu golden = SacreBleu.read();
    assertThat(golden.pairs()).hasSizeGreaterThanOrEqualTo(500);
    assertThat(golden.pairs())
        .allSatisfy(
            pair ->
                assertThat(BleuCounts.of(pair.hypothesis(), pair.reference()).score())
                    .isCloseTo(pair.bleu(), within(1e-6)));
  }

  @Test
  void countsAClippedUnigramByHand() {
    BleuCounts counts = BleuCounts.of("the the the cat", "the cat sat");
    assertThat(counts.matches()).containsExactly(2, 1, 0, 0);
    assertThat(counts.totals()).containsExactly(4, 3, 2, 1);
    // (2/4 * 1/3 * 1/2 / 2 * 1/4 / 1) ^ 1/4, no brevity penalty
    assertThat(counts.score()).isCloseTo(100 * Math.pow(0.5 / 3 * 0.25 * 0.25, 0.25), within(1e-9));
  }

  @Test
  void punishesBrevity() {
    String reference = "a b c d e f g h";
    assertThat(BleuCounts.of("a b c d", reference).score())
        .isCloseTo(100 * Math.exp(1 - 8 / 4.0), within(1e-9));
  }

  @Test
  void intervalEnclosesTheScore() {
    List<Sample> samples =
        IntStream.range(0, 40)
            .mapToObj(i -> Samples.bleu("we agree on the " + i % 3, "we agree on the 1"))
            .toList();
    Score score = new Bleu().score(samples).orElseThrow();
    assertThat(score.low()).isLessThan(score.value());
    assertThat(score.high()).isGreaterThan(score.value());
    assertThat(score.n()).isEqualTo(40);
  }
}
