package dev.pipeline.data.prefer.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.data.Approval;
import dev.pipeline.data.Sample;
import dev.pipeline.data.Shipped;
import dev.pipeline.data.Source;
import dev.pipeline.data.dedup.SimilarTexts;
import dev.pipeline.data.prefer.Pairs;
import dev.pipeline.data.prefer.PreferencePair;
import dev.pipeline.data.prefer.RejectedPair;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PairLintTest {
  private static final String OTHER =
      "Our new lathe hums at night and the neighbours count the hours until it rests.";

  private static final PreferencePair TRAIN = Pairs.pair("t", "coils", Pairs.PROMPT);
  private static final PreferencePair HELD_OUT = Pairs.pair("v", "lathes", OTHER);

  @Test
  void aGoodSetHasNoWarning() {
    assertThat(lint(List.of(TRAIN), List.of(HELD_OUT))).isEmpty();
  }

  @Test
  void aLengthThatGivesTheBetterAnswerAwayIsToldWithItsSize() {
    List<PreferencePair> pairs = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      String longer = Pairs.REJECTED + " And so on.".repeat(2 + i % 5);
      pairs.add(Pairs.pair("p" + i, "coils", Pairs.PROMPT, Pairs.CHOSEN, longer));
    }
    assertThat(lint(pairs, List.of(HELD_OUT)))
        .singleElement()
        .satisfies(
            warning -> {
              assertThat(warning.rule()).isEqualTo("systematic-length");
              assertThat(warning.message())
                  .contains("systematically shorter")
                  .contains("effect -1.00, n = 41")
                  .contains("p < 0.0001");
            });
  }

  @Test
  void lengthsThatLeanBothWaysAreFine() {
    List<PreferencePair> pairs = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      String more = " And so on.".repeat(1 + i / 2);
      pairs.add(
          i % 2 == 0
              ? Pairs.pair("p" + i, "coils", Pairs.PROMPT, Pairs.CHOSEN, Pairs.CHOSEN + more)
              : Pairs.pair(
                  "p" + i, "coils", Pairs.PROMPT, Pairs.CHOSEN + more, Pairs.CHOSEN + " No."));
    }
    assertThat(lint(pairs, List.of(HELD_OUT)))
        .extracting(LintWarning::rule)
        .doesNotContain("systematic-length");
  }

  @Test
  void refusedPairsAreCounted() {
    List<RejectedPair> rejected =
        List.of(
            RejectedPair.pair(RejectedPair.IDENTICAL, "", "", TRAIN),
            RejectedPair.pair(RejectedPair.EXACT_DUPLICATE, "", "", TRAIN),
            RejectedPair.pair(RejectedPair.CONTRADICTION, "", "", TRAIN),
            RejectedPair.pair("template-token", "", "", TRAIN));
    assertThat(PairLint.check(set(List.of(TRAIN), List.of(HELD_OUT), rejected, List.of())))
        .containsExactly(
            new LintWarning(
                "identical-answers",
                "1 pairs have the same answer as chosen and rejected; left out"),
            new LintWarning(
                "repeated-pair",
                "the same pair stands there more than once; left out: "
                    + "{contradiction=1, exact-duplicate=1}"));
  }

  @Test
  void nearCopiesOfHeldOutPromptsAreFoundInPairsAndInTuningRows() {
    String near = Pairs.PROMPT.replace("a week", "two weeks");
    assertThat(lint(List.of(TRAIN), List.of(Pairs.pair("v", "lathes", near))))
        .containsExactly(
            new LintWarning(
                "hold-out-leak",
                "prompts like held-out ones are learnt from: 1 of the pairs (t), "
                    + "0 of the tuning rows"));
    Sample tuned =
        new Sample(
            "row", "presses", OTHER, "", "Fine.", new Source("a", 1, "row", 1), Approval.pending());
    assertThat(PairLint.check(set(List.of(TRAIN), List.of(HELD_OUT), List.of(), List.of(tuned))))
        .extracting(LintWarning::message)
        .containsExactly(
            "prompts like held-out ones are learnt from: 0 of the pairs, 1 of the tuning rows");
  }

  @Test
  void pairsThatExplainNothingAreNamed() {
    assertThat(lint(List.of(Pairs.labelled(TRAIN, " ", "cold")), List.of(HELD_OUT)))
        .containsExactly(new LintWarning("missing-rationale", "1 pairs have no rationale: t"));
    assertThat(lint(List.of(Pairs.labelled(TRAIN, "Rude.", "rude")), List.of(HELD_OUT)))
        .singleElement()
        .satisfies(
            warning -> {
              assertThat(warning.rule()).isEqualTo("unknown-failure-mode");
              assertThat(warning.message()).startsWith("1 pairs").contains("robotic").endsWith("t");
            });
  }

  @Test
  void aChosenAnswerOutOfStyleIsTold() {
    PreferencePair curt =
        Pairs.pair(
            "curt",
            "coils",
            Pairs.PROMPT,
            /* chosen= */ Pairs.REJECTED,
            /* rejected= */ Pairs.CHOSEN);
    assertThat(lint(List.of(curt), List.of(HELD_OUT)))
        .singleElement()
        .satisfies(
            warning -> {
              assertThat(warning.rule()).isEqualTo("house-style");
              assertThat(warning.message())
                  .isEqualTo(
                      "1 chosen answers break the house style"
                          + " {acknowledgement-first=1, one-suggestion=1}: curt");
            });
  }

  private static List<LintWarning> lint(
      List<PreferencePair> train, List<PreferencePair> validation) {
    return PairLint.check(set(train, validation, List.of(), List.of()));
  }

  private static PairSet set(
      List<PreferencePair> train,
      List<PreferencePair> validation,
      List<RejectedPair> rejected,
      List<Sample> trainedRows) {
    return new PairSet(
        train,
        validation,
        rejected,
        trainedRows,
        List.of(),
        () -> new SimilarTexts(0.6, 2),
        Shipped.TOKENS);
  }
}
