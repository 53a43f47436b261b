package dev.pipeline.evaluate.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pipeline.io.Json;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Golden scores come from {@code scripts/peers/bleu.py}. */
class BleuTest {
  private record Golden(String peer, List<Case> cases) {}

  private record Case(
      String name, List<String> hypotheses, List<String> references, double score) {}

  @TestFactory
  Stream<DynamicTest> equalsSacreBleu() throws IOException {
    List<Case> cases = golden().cases();
    assertThat(cases).hasSizeGreaterThanOrEqualTo(40);
    return cases.stream()
        .map(
            golden ->
                DynamicTest.dynamicTest(
                    golden.name(),
                    () ->
                        assertThat(score(golden).value()).isCloseTo(golden.score(), within(1e-6))));
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

  private static Score score(Case golden) {
    return new Bleu()
        .score(
            IntStream.range(0, golden.references().size())
                .mapToObj(i -> Samples.bleu(golden.hypotheses().get(i), golden.references().get(i)))
                .toList())
        .orElseThrow();
  }

  private static Golden golden() throws IOException {
    try (InputStream in = BleuTest.class.getResourceAsStream("/evaluate/bleu.json")) {
      return Json.mapper().readValue(in, Golden.class);
    }
  }
}
