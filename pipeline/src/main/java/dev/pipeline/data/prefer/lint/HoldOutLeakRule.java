package dev.pipeline.data.prefer.lint;

import dev.pipeline.data.dedup.SimilarTexts;
import dev.pipeline.data.prefer.PreferencePair;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Prompts on one side of the split that are near copies of prompts on the other, those of the rows
 * that the model is tuned and judged on included. Exact copies were left out before.
 */
final class HoldOutLeakRule implements PairRule {
  private static final String HELD_OUT = "held out";

  @Override
  public String name() {
    return "hold-out-leak";
  }

  @Override
  public Optional<String> check(PairSet set) {
    SimilarTexts heldOut = set.similar().get();
    set.heldOutRows().forEach(row -> heldOut.matchOrAdd(HELD_OUT, row.instruction()));
    set.validation().forEach(pair -> heldOut.matchOrAdd(HELD_OUT, pair.prompt()));
    long rows =
        set.trainedRows().stream()
            .filter(row -> isHeldOut(heldOut, row.id(), row.instruction()))
            .count();
    List<PreferencePair> pairs = new ArrayList<>();
    for (PreferencePair pair : set.train()) {
      if (isHeldOut(heldOut, pair.id(), pair.prompt())) {
        pairs.add(pair);
      }
    }
    if (rows + pairs.size() == 0) {
      return Optional.empty();
    }
    return Optional.of(
        "prompts like held-out ones are learnt from: %d of the pairs%s, %d of the tuning rows"
            .formatted(pairs.size(), pairs.isEmpty() ? "" : " (" + Named.first(pairs) + ")", rows));
  }

  private static boolean isHeldOut(SimilarTexts heldOut, String id, String text) {
    return heldOut.matchOrAdd(id, text).map(match -> match.id().equals(HELD_OUT)).orElse(false);
  }
}
