package dev.pipeline.data.prefer.assemble;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.pipeline.data.lint.TokenCounter;
import dev.pipeline.data.prefer.PreferencePair;
import dev.pipeline.data.prefer.lint.PairSet;
import java.util.List;
import java.util.function.Function;

/**
 * How long the two answers of the pairs are, in tokens.
 *
 * @param chosen on average
 * @param rejected on average
 * @param matchedTrain pairs to learn from whose answers differ by at most a tenth of the longer one
 * @param matchedValidation such pairs held out
 */
public record Lengths(
    double chosen,
    double rejected,
    @JsonProperty("matched_train") int matchedTrain,
    @JsonProperty("matched_validation") int matchedValidation) {
  private static final double MATCHED = 0.1;

  static Lengths of(PairSet set) {
    return new Lengths(
        mean(set, PreferencePair::chosen),
        mean(set, PreferencePair::rejected),
        matched(set.train(), set.tokens()),
        matched(set.validation(), set.tokens()));
  }

  /** Whether length says nothing about which answer is the better one. */
  public static boolean matched(PreferencePair pair, TokenCounter tokens) {
    int chosen = tokens.count(pair.chosen());
    int rejected = tokens.count(pair.rejected());
    return Math.abs(chosen - rejected) <= MATCHED * Math.max(chosen, rejected);
  }

  private static int matched(List<PreferencePair> pairs, TokenCounter tokens) {
    return (int) pairs.stream().filter(pair -> matched(pair, tokens)).count();
  }

  /** To a tenth, for that is what a reader of the card wants. */
  private static double mean(PairSet set, Function<PreferencePair, String> answer) {
    double mean =
        set.pairs().stream()
            .mapToInt(pair -> set.tokens().count(answer.apply(pair)))
            .average()
            .orElse(0);
    return Math.round(mean * 10) / 10.0;
  }
}
