package dev.pipeline.data.text;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Words as they are compared: case and accents do not matter. */
public final class Words {
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}]+(?:['’][\\p{L}]+)?");
  private static final Pattern ACCENT = Pattern.compile("\\p{M}+");

  private Words() {}

  /** Lower case without accents; {@code Ærø’s} becomes {@code ærø's}. */
  public static String fold(String text) {
    String plain =
        text.chars().allMatch(c -> c < 0x80)
            ? text
            : ACCENT.matcher(Normalizer.normalize(text, Normalizer.Form.NFD)).replaceAll("");
    return plain.toLowerCase(Locale.ROOT).replace('’', '\'');
  }

  /** The folded words of {@code text}, in order, punctuation dropped. */
  public static List<String> of(String text) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(fold(text));
    while (matcher.find()) {
      words.add(matcher.group());
    }
    return words;
  }
}
