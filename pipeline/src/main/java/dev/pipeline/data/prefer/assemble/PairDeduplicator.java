package dev.pipeline.data.prefer.assemble;

import dev.pipeline.data.dedup.SimilarTexts;
import dev.pipeline.data.prefer.PreferencePair;
import dev.pipeline.data.prefer.RejectedPair;
import dev.pipeline.data.text.Words;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Lets each pair through once. Two pairs are near duplicates when they show the same failure in
 * nearly the same words; one prompt may well have several pairs, each with a failure of its own.
 * Give it pairs in a fixed order; the first of its kind stays.
 */
public final class PairDeduplicator {
  private static final String FIX = "nothing to do: the first of them is kept";

  private final Supplier<SimilarTexts> similar;
  private final Map<String, SimilarTexts> byFailure = new HashMap<>();
  private final Map<String, String> seen = new HashMap<>();
  private final Map<String, PreferencePair> ids = new HashMap<>();

  /** A fresh filter; {@code similar} makes an empty index. */
  public PairDeduplicator(Supplier<SimilarTexts> similar) {
    this.similar = similar;
  }

  /** Why {@code pair} must go, or empty when it is the first of its kind. */
  public Optional<RejectedPair> check(PreferencePair pair) {
    String reversed = seen.get(words(pair.prompt(), pair.rejected(), pair.chosen()));
    if (reversed != null) {
      return Optional.of(
          RejectedPair.pair(
              RejectedPair.CONTRADICTION,
              reversed + " prefers the two answers the other way round",
              "decide which of chosen and rejected is better, and remove one line",
              pair));
    }
    String first =
        seen.putIfAbsent(words(pair.prompt(), pair.chosen(), pair.rejected()), pair.id());
    if (first != null) {
      return Optional.of(
          RejectedPair.pair(RejectedPair.EXACT_DUPLICATE, "same words as " + first, FIX, pair));
    }
    Optional<SimilarTexts.Match> match =
        byFailure
            .computeIfAbsent(pair.failureMode(), any -> similar.get())
            .matchOrAdd(pair.id(), pair.prompt() + "\n" + pair.rejected());
    if (match.isPresent()) {
      String detail =
          String.format(Locale.ROOT, "%.2f like %s", match.get().similarity(), match.get().id());
      return Optional.of(RejectedPair.pair(RejectedPair.NEAR_DUPLICATE, detail, FIX, pair));
    }
    if (ids.putIfAbsent(pair.id(), pair) != null) {
      return Optional.of(
          RejectedPair.pair(
              RejectedPair.REPEATED_ID,
              "another pair has the id " + pair.id(),
              "give it an id of its own",
              pair));
    }
    return Optional.empty();
  }

  private static String words(String prompt, String better, String worse) {
    return Words.of(prompt) + "\n" + Words.of(better) + "\n" + Words.of(worse);
  }
}
