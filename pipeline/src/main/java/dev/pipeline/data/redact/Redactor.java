package dev.pipeline.data.redact;

import java.util.List;

/** Finds one kind of identifier. Pure: equal input, equal spans; time linear in the text. */
public interface Redactor {
  /** The finds in {@code text}; they may overlap those of other redactors. */
  List<Span> find(String text, Identities known);

  /** Whether there is nothing to find in a text without digits, as most texts are. */
  default boolean needsDigits() {
    return false;
  }
}
