package dev.pipeline.data.automaton;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.pipeline.data.automaton.Automaton.Match;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RE2 is the reference: the same patterns find the same matches in texts made at random. */
class AutomatonTest {
  private static final int TEXTS = 3_000;

  /**
   * Characters that the patterns below tell apart, half a pair and whole ones beyond the basic
   * plane among them; all of them as old as the reference's tables.
   */
  private static final int[] LETTERS =
      "aaabbbcABÀéß12 --.,'_\u0301\u0660\ud83d\ud83d\ude00\ud801\udc00".codePoints().toArray();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "ab|a|abc",
        "(?:a|ab)(?:c|bcd)?",
        "(?:ab|a)*b",
        "a*?b",
        "a+?",
        "[ab]{2,3}c?",
        "[ab]{2,3}?c",
        "(?:a{2}|b){1,2}",
        "a{2,}b",
        "(?:a|b)*a(?:a|b){3}",
        "\\bab?\\b",
        "[A-Z][a-z]*\\b\\.?",
        "\\b(?:a|b|ab)(?:[ -](?:a|b|ab))*\\b",
        "\\p{Lu}[\\p{L}\\p{M}.'-]*",
        "\\p{Lu}\\p{L}*(?: (?:a |b )?\\p{Lu}\\p{L}*){0,2}",
        "[^ab,]{1,3}[0-9]{0,2}[^ab,]{0,2},",
        "[\\p{L}\\p{N}][\\p{L}\\p{N}._'-]*-[\\p{L}-]+",
        "[é\u0301]+",
        "\\s[^\\p{L}\\s]",
        "(?:a|)(?:b|)c",
        "\\.\\b|\\b-"
      })
  void findsWhatTheReferenceFinds(String pattern) {
    Pattern reference = Pattern.compile(pattern);
    Automaton automaton = Automaton.of(pattern);
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < TEXTS; i++) {
      String text = text(random);
      int from = random.nextInt(text.length() + 1);
      assertThat(automaton.find(text, from))
          .as("%s in '%s' from %d", pattern, text, from)
          .isEqualTo(match(reference.matcher(text), from));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ab|a|abc", "[ab]{2,3}?c|ab", "\\bab?\\b", "(?:a|b)*a", "é+ ?1?"})
  void tellsWhereAMatchEndsThatBeginsHere(String pattern) {
    Pattern reference = Pattern.compile("^(?:" + pattern + ")");
    Automaton automaton = Automaton.of(pattern);
    SplittableRandom random = new SplittableRandom(4);
    for (int i = 0; i < TEXTS; i++) {
      String text = text(random);
      Match match = match(reference.matcher(text), 0);
      assertThat(automaton.end(text, 0))
          .as("'%s'", text)
          .isEqualTo(match == null ? -1 : match.end());
    }
  }

  @Test
  void aWindowIsAllThereIs() {
    Automaton automaton = Automaton.of("\\b[a-z]+\\b");
    assertThat(automaton.find("abcdef", 2, 2, 4)).isEqualTo(new Match(2, 4));
    assertThat(automaton.find("abcdef", 3, 2, 4)).isNull();
    assertThat(automaton.find("abcdef", 2)).isNull();
  }

  @Test
  void isTheSameAfterMoreStatesThanAreKept() {
    String pattern = "(?:a|b)*a(?:a|b){14}c";
    Automaton automaton = Automaton.of(pattern);
    Pattern reference = Pattern.compile(pattern);
    SplittableRandom random = new SplittableRandom(5);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 40_000; i++) {
      text.append(random.nextInt(5_000) == 0 ? 'c' : random.nextBoolean() ? 'a' : 'b');
    }
    Matcher matcher = reference.matcher(text);
    Match match = automaton.find(text.toString(), 0);
    while (matcher.find()) {
      assertThat(match).isEqualTo(new Match(matcher.start(), matcher.end()));
      match = automaton.find(text.toString(), matcher.end());
    }
    assertThat(match).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"(a)", "a(?:b", "a)", "^a", "a$", "a.", "*a", "\\d", "\\p{Greek}", "[à-é]"})
  void refusesWhatItDoesNotKnow(String pattern) {
    assertThatThrownBy(() -> Automaton.of(pattern)).isInstanceOf(IllegalArgumentException.class);
  }

  private static @Nullable Match match(Matcher matcher, int from) {
    return matcher.find(from) ? new Match(matcher.start(), matcher.end()) : null;
  }

  private static String text(SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    for (int more = random.nextInt(24); more >= 0; more--) {
      text.appendCodePoint(LETTERS[random.nextInt(LETTERS.length)]);
    }
    return text.toString();
  }
}
