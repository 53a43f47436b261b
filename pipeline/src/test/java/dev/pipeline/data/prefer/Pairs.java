package dev.pipeline.data.prefer;

import dev.pipeline.data.Source;

/** Pairs for tests. */
public final class Pairs {
  /** A prompt. */
  public static final String PROMPT = "The mill closed for a week and my coils stand in the yard.";

  /** An answer in the house style. */
  public static final String CHOSEN =
      "A week of coils in the yard is hard on you. Rain is what harms them most, so cover comes"
          + " first. Could you tell me how many stand in the open?";

  /** A curt answer of about the same length. */
  public static final String REJECTED =
      "The contract names the day of delivery. Coils in the yard are stored at the risk of the"
          + " mill, as was agreed. Deliver what was ordered.";

  private Pairs() {}

  /** A pair of {@code family}. */
  public static PreferencePair pair(String id, String family, String prompt) {
    return pair(id, family, prompt, CHOSEN, REJECTED);
  }

  /** A pair with these answers. */
  public static PreferencePair pair(
      String id, String family, String prompt, String chosen, String rejected) {
    return new PreferencePair(
        id,
        family,
        prompt,
        "Round: 1",
        chosen,
        rejected,
        "Curt.",
        "cold",
        new Source("notes.jsonl", 1, id, 1));
  }

  /** The same with another rationale and failure. */
  public static PreferencePair labelled(PreferencePair pair, String rationale, String mode) {
    return pair.withTexts(
        pair.prompt(), pair.context(), pair.chosen(), pair.rejected(), rationale, mode);
  }
}
