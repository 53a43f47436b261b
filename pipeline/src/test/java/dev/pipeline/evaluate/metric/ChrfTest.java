package dev.pipeline.evaluate.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Golden scores come from {@code scripts/peers/bleu.py}. */
class ChrfTest {
  @TestFactory
  Stream<DynamicTest> equalsSacreBleu() throws IOException {
    return SacreBleu.read().corpora().stream()
        .map(
            corpus ->
                DynamicTest.dynamicTest(
                    corpus.name(),
                    () ->
                        assertThat(corpus.score(new Chrf()))
                            .isCloseTo(corpus.chrf(), within(1e-6))));
  }

  @Test
  void equalsSacreBleuOnEachOf500Pairs() throws IOException {
    SacreBleu golden = SacreBleu.read();
    assertThat(golden.pairs()).hasSizeGreaterThanOrEqualTo(500);
    assertThat(golden.pairs())
        .allSatisfy(
            pair ->
                assertThat(ChrfCounts.of(pair.hypothesis(), pair.reference()).score())
                    .isCloseTo(pair.chrf(), within(1e-6)));
  }

  @Test
  void weighsRecallTwiceByHand() {
    // "ab" against "abc": precision 2/2 and 1/1, recall 2/3 and 1/2; means 1 and 7/12.
    double recall = (2 / 3.0 + 1 / 2.0) / 2;
    assertThat(ChrfCounts.of("ab", "abc").score())
        .isCloseTo(100 * 5 * recall / (4 + recall), within(1e-9));
  }

  @Test
  void theExampleInItsDescriptionHolds() {
    assertThat(ChrfCounts.of("the price", "the prices").score()).isCloseTo(86.3, within(0.05));
    assertThat(BleuCounts.of("the price", "the prices").score()).isZero();
  }
}
