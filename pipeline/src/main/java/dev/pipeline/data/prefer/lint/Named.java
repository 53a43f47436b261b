package dev.pipeline.data.prefer.lint;

import dev.pipeline.data.prefer.PreferencePair;
import java.util.List;
import java.util.stream.Collectors;

/** Names the first few pairs of many, so that a warning stays one line. */
final class Named {
  private static final int SHOWN = 3;

  private Named() {}

  static String first(List<PreferencePair> pairs) {
    String named =
        pairs.stream().limit(SHOWN).map(PreferencePair::id).collect(Collectors.joining(", "));
    return pairs.size() > SHOWN ? named + ", ..." : named;
  }
}
