package dev.pipeline.data.redact;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.pipeline.data.text.Words;
import java.util.ArrayList;
import java.util.List;

/** Cuts a text into words for the search for names. */
final class Tokens {
  private static final Pattern WORD =
      Pattern.compile(
          "[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}]*(?:['’-][\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}]*)*");
  private static final String OPENERS = ".!?:;…\n\"“„«(¿¡|";

  private Tokens() {}

  static List<Token> of(String text) {
    List<Token> tokens = new ArrayList<>();
    int previousEnd = 0;
    Matcher matcher = WORD.matcher(text);
    while (matcher.find()) {
      String before = text.substring(previousEnd, matcher.start());
      String word = matcher.group();
      String bare = Names.withoutPossessive(word);
      boolean afterInitial =
          before.equals(". ") && !tokens.isEmpty() && abbreviation(tokens.get(tokens.size() - 1));
      boolean opens =
          tokens.isEmpty()
              || (!afterInitial && before.chars().anyMatch(c -> OPENERS.indexOf(c) >= 0));
      tokens.add(
          new Token(
              bare,
              Words.fold(bare),
              matcher.start(),
              matcher.start() + bare.length(),
              opens,
              before,
              bare.length() < word.length()));
      previousEnd = matcher.end();
    }
    return tokens;
  }

  /** "B." and "Mr." do not end a sentence; "monsieur." does. */
  private static boolean abbreviation(Token token) {
    boolean title = Names.TITLES.contains(token.folded());
    return token.initial() || (title && token.capitalised() && token.text().length() <= 4);
  }
}
