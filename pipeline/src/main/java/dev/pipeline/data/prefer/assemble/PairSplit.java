package dev.pipeline.data.prefer.assemble;

import dev.pipeline.data.Approval;
import dev.pipeline.data.Sample;
import dev.pipeline.data.curate.FamilySplit;
import dev.pipeline.data.prefer.PreferencePair;
import dev.pipeline.data.prefer.RejectedPair;
import dev.pipeline.data.text.Words;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Holds out whole scenario families: those that the tuning rows hold out, and of the families that
 * are new as many as make up the wanted share. A pair whose prompt was learnt from elsewhere is
 * left out, for it could neither be held out nor learnt from honestly. A pair without a family,
 * such as a reviewer's, goes where the row with its prompt is.
 *
 * @param heldOut names of the families in {@code validation}, sorted
 * @param rejected pairs left out
 */
record PairSplit(
    List<PreferencePair> train,
    List<PreferencePair> validation,
    List<String> heldOut,
    List<RejectedPair> rejected) {
  /** Reason code of a pair whose prompt stands on the other side of the split, word by word. */
  static final String CROSSES = "prompt-on-both-sides";

  static PairSplit of(List<PreferencePair> pairs, TunedRows rows, PreferenceSettings settings) {
    Set<String> heldOutPrompts = prompts(rows.heldOut().stream().map(Sample::instruction).toList());
    Set<String> trainPrompts = prompts(rows.train().stream().map(Sample::instruction).toList());
    Set<String> heldOutIds =
        heldOutIds(pairs, rows.sides(), heldOutPrompts, trainPrompts, settings);
    List<PreferencePair> train = new ArrayList<>();
    List<PreferencePair> validation = new ArrayList<>();
    List<RejectedPair> rejected = new ArrayList<>();
    for (PreferencePair pair : pairs) {
      if (heldOutIds.contains(pair.id())) {
        place(pair, validation, trainPrompts, "learnt from", rejected);
      }
    }
    validation.forEach(pair -> heldOutPrompts.add(words(pair.prompt())));
    for (PreferencePair pair : pairs) {
      if (!heldOutIds.contains(pair.id())) {
        place(pair, train, heldOutPrompts, "held out", rejected);
      }
    }
    Set<String> families = new TreeSet<>();
    validation.forEach(pair -> families.add(pair.family()));
    return new PairSplit(train, validation, List.copyOf(families), rejected);
  }

  private static void place(
      PreferencePair pair,
      List<PreferencePair> side,
      Set<String> otherSide,
      String otherName,
      List<RejectedPair> rejected) {
    if (otherSide.contains(words(pair.prompt()))) {
      rejected.add(
          RejectedPair.pair(
              CROSSES,
              "the prompt is " + otherName + " in another row, word by word",
              "give the pair the scenario of that row",
              pair));
    } else {
      side.add(pair);
    }
  }

  private static Set<String> heldOutIds(
      List<PreferencePair> pairs,
      TunedRows.Sides sides,
      Set<String> heldOutPrompts,
      Set<String> trainPrompts,
      PreferenceSettings settings) {
    Set<String> ids = new HashSet<>();
    List<Sample> free = new ArrayList<>();
    for (PreferencePair pair : pairs) {
      Optional<Boolean> heldOut =
          sides
              .heldOut(pair.family(), pair.source().file(), pair.source().conversation())
              .or(() -> byPrompt(pair, heldOutPrompts, trainPrompts));
      if (heldOut.isEmpty()) {
        free.add(sample(pair));
      } else if (heldOut.get()) {
        ids.add(pair.id());
      }
    }
    long families =
        free.stream()
            .map(row -> row.family().isBlank() ? row.source().conversation() : row.family())
            .distinct()
            .count();
    if (families > 1) {
      FamilySplit.split(free, settings.heldOutShare(), settings.seed())
          .validation()
          .forEach(row -> ids.add(row.id()));
    }
    return ids;
  }

  private static Optional<Boolean> byPrompt(
      PreferencePair pair, Set<String> heldOutPrompts, Set<String> trainPrompts) {
    String prompt = words(pair.prompt());
    if (!pair.family().isBlank()) {
      return Optional.empty();
    }
    return heldOutPrompts.contains(prompt)
        ? Optional.of(true)
        : trainPrompts.contains(prompt) ? Optional.of(false) : Optional.empty();
  }

  private static Sample sample(PreferencePair pair) {
    return new Sample(
        pair.id(),
        pair.family(),
        pair.prompt(),
        pair.context(),
        pair.chosen(),
        pair.source(),
        Approval.pending());
  }

  private static Set<String> prompts(List<String> texts) {
    Set<String> prompts = new HashSet<>();
    texts.forEach(text -> prompts.add(words(text)));
    return prompts;
  }

  private static String words(String text) {
    return String.join(" ", Words.of(text));
  }
}
