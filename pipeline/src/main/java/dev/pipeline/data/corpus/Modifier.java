package dev.pipeline.data.corpus;

import java.util.Locale;
import java.util.regex.Pattern;

/** What a reference may do to the text it stands for, written {@code {symbol.cap}}. */
enum Modifier {
  /** Capitalises the first letter. */
  CAP {
    @Override
    String apply(String text) {
      return text.isEmpty()
          ? text
          : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }
  },
  /** Puts the indefinite article before it. */
  A {
    @Override
    String apply(String text) {
      boolean vowel = VOWEL_SOUND.matcher(text).lookingAt();
      return (vowel ? "an " : "a ") + text;
    }
  };

  private static final Pattern VOWEL_SOUND =
      Pattern.compile(
          "(?!(?:uni|use|usu|euro|one|once|eu))[aeiou]|hour|honest|8|11 |18",
          Pattern.CASE_INSENSITIVE);

  abstract String apply(String text);
}
