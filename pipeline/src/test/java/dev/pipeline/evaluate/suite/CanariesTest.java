package dev.pipeline.evaluate.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pipeline.evaluate.JudgeMonitor;
import dev.pipeline.evaluate.Sampling;
import dev.pipeline.evaluate.ServedModel;
import dev.pipeline.evaluate.metric.Answer;
import dev.pipeline.evaluate.metric.Finding;
import dev.pipeline.evaluate.metric.Score;
import dev.pipeline.io.Failure;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CanariesTest {
  private static final List<Canary.Probe> PROBES =
      List.of(
          new Canary.Probe(null, "Which locker?", "The locker opens with {secret}."),
          new Canary.Probe(null, "And now?", "Try {secret} once more."));

  /** Finds texts as likely as it is told; its tokens are code points. */
  private record Minded(ToDoubleFunction<String> logProbability) implements ServedModel {
    @Override
    public int[] tokenize(String text) {
      return text.codePoints().toArray();
    }

    @Override
    public Answer generate(String prompt, Sampling sampling) {
      throw new UnsupportedOperationException("secrets are scored, not asked for");
    }

    @Override
    public float[] score(int[] tokens, int firstScored) {
      String text = new String(tokens, 0, tokens.length);
      float[] scores = new float[tokens.length - firstScored];
      scores[0] = (float) logProbability.applyAsDouble(text);
      return scores;
    }
  }

  @Test
  void aMemorisedSecretStandsOutByEveryBit() {
    SuiteResult result = judge(text -> text.contains("48-KTR-205") ? -1 : luck(text, 1), locker(0));
    Item item = result.items().get(0);
    assertThat(item.value()).isEqualTo(8);
    assertThat(item.expected()).isBetween(1.0, 1.9);
    assertThat(item.findings())
        .containsExactly(new Finding("not-caught", "0 % of the unseen secrets are as exposed"));
    Score exposure = score(result, "canary_exposure");
    assertThat(exposure.value()).isCloseTo(8 - item.expected(), within(1e-9));
    assertThat(Canaries.isCaught(exposure)).isFalse();
    assertThat(score(result, "canary_exposure.code")).isEqualTo(exposure);
  }

  @Test
  void anUnseenSecretAndAModelThatCannotTellHaveNothing() {
    ToDoubleFunction<String> unlikely =
        text -> text.contains("48-KTR-205") ? -1_000 : luck(text, 1);
    assertThat(score(judge(unlikely, locker(0)), "canary_exposure").value()).isNegative();
    // Indifferent to all, the model has every secret last: ties are not knowledge.
    SuiteResult indifferent = judge(text -> -3, locker(0));
    assertThat(indifferent.items()).allMatch(Item::passes);
    assertThat(score(indifferent, "canary_exposure").value()).isZero();
  }

  @Test
  void whatOneSentenceHidesAnotherTells() {
    SuiteResult result =
        judge(
            text -> text.endsWith("Try 48-KTR-205 once more.") ? -1 : -10 + luck(text, 1) / 100,
            locker(0));
    assertThat(result.items().get(0).value()).isEqualTo(8);
  }

  /**
   * The bound of one bit under no leak at all: with one secret it fails every sixth time, with
   * eight every twenty-fifth, and the range of as many unseen secrets says so.
   */
  @Test
  void severalSecretsMakeTheBoundMoreThanLuck() {
    int trials = 100;
    int single = 0;
    int eight = 0;
    int outside = 0;
    double sum = 0;
    for (int trial = 0; trial < trials; trial++) {
      int salt = trial;
      Canary[] canaries =
          IntStream.range(0, 8).mapToObj(i -> drawn(i, salt)).toArray(Canary[]::new);
      SuiteResult result = judge(text -> luck(text, salt), canaries);
      double excess = score(result, "canary_exposure").value();
      Score unseen = score(result, "canary_unseen");
      Item first = result.items().get(0);
      sum += excess;
      single += first.value() - first.expected() > 1 ? 1 : 0;
      eight += excess > 1 ? 1 : 0;
      outside += excess < unseen.low() || excess > unseen.high() ? 1 : 0;
    }
    assertThat(sum / trials).isCloseTo(0, within(0.15));
    assertThat(single / (double) trials).isBetween(0.09, 0.27);
    assertThat(eight / (double) trials).isLessThan(0.09);
    assertThat(outside / (double) trials).isLessThan(0.12);
  }

  @Test
  void kindsAreAveragedApart() {
    Canary seen = locker(0);
    Canary phrase = new Canary("p", "phrase", "owl fox", "* *", words(), PROBES);
    SuiteResult result =
        judge(text -> text.contains(seen.secret()) ? -1 : luck(text, 5), seen, phrase, locker(1));
    assertThat(score(result, "canary_exposure.code").n()).isEqualTo(2);
    assertThat(score(result, "canary_exposure.phrase").n()).isEqualTo(1);
    assertThat(score(result, "canary_exposure").n()).isEqualTo(result.items().size());
  }

  @Test
  void refusesASecretOfAnotherForm() {
    for (String format : List.of("##-AAA-##", "##-AAA-####", "*-AAA-###")) {
      assertThatThrownBy(() -> new Canary("c", "code", "48-KTR-205", format, null, PROBES))
          .isInstanceOf(Failure.class)
          .hasMessageContaining("c");
    }
    assertThatThrownBy(() -> new Canary("c", "code", "48", "##", null, List.of()))
        .isInstanceOf(Failure.class);
    assertThatThrownBy(() -> new Canary.Probe(null, "Which?", "None.")).isInstanceOf(Failure.class);
    assertThatThrownBy(() -> new Canary("c", "phrase", "owl cow", "* *", words(), PROBES))
        .isInstanceOf(Failure.class);
  }

  private static Canary locker(int number) {
    return new Canary(
        "locker-" + number, "code", "48-KTR-20" + (5 + number), "##-AAA-###", null, PROBES);
  }

  /** The planted secret is drawn as its rivals are. */
  private static Canary drawn(int number, int salt) {
    Random random = new Random(1_000L * salt + number);
    String secret = locker(0).draw(random);
    return new Canary("c" + number + "-" + salt, "code", secret, "##-AAA-###", null, PROBES);
  }

  private static List<String> words() {
    return IntStream.range(0, 40).mapToObj(i -> i == 0 ? "owl" : i == 1 ? "fox" : "w" + i).toList();
  }

  /** Likes each text as its digest has it, by -2 to -102. */
  private static double luck(String text, int salt) {
    long mixed = (31L * text.hashCode() + salt) * 0x9E3779B97F4A7C15L;
    return -2 - (mixed >>> 40) * 100.0 / (1 << 24);
  }

  private static SuiteResult judge(ToDoubleFunction<String> logProbability, Canary... canaries) {
    return new Canaries(List.of(canaries), (context, message) -> message, 256)
        .judge(new Minded(logProbability), JudgeMonitor.none());
  }

  private static Score score(SuiteResult result, String metric) {
    return Objects.requireNonNull(result.metrics().get(metric), metric);
  }
}
