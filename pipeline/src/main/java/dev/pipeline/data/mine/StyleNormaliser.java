package dev.pipeline.data.mine;

import dev.pipeline.data.text.Sentences;
import dev.pipeline.data.text.WordList;
import dev.pipeline.data.text.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Strips the greeting a message opens with and the sign-off and signature it ends with: they carry
 * names and habits, and the product's answers have neither.
 */
public final class StyleNormaliser {
  /** Version of the stripping rules, part of every dataset's identity. */
  public static final String VERSION = "normalise-1";

  private static final List<String> GREETINGS =
      List.copyOf(WordList.folded(StyleNormaliser.class, "greetings.txt"));
  private static final Set<String> SIGN_OFFS =
      WordList.folded(StyleNormaliser.class, "sign-offs.txt");
  private static final Set<String> AFTER_GREETING =
      Set.of("again", "all", "everyone", "team", "there", "and", "sir", "madam", "you", "to");
  private static final int LONGEST_GREETING = 6;
  private static final int LONGEST_SIGN_OFF = 6;
  private static final int LONGEST_SIGNATURE = 4;

  private StyleNormaliser() {}

  /** {@code text} without greeting, sign-off and signature; blank lines become single breaks. */
  public static String strip(String text) {
    List<String> lines = new ArrayList<>();
    Arrays.stream(text.split("\n", -1)).map(String::strip).forEach(lines::add);
    trimBlank(lines);
    while (lines.size() > 1 && greeting(lines.get(0))) {
      lines.remove(0);
      trimBlank(lines);
    }
    dropSignature(lines);
    if (!lines.isEmpty()) {
      lines.set(0, withoutInlineGreeting(lines.get(0)));
    }
    trimBlank(lines);
    return String.join("\n", lines).replaceAll("\n{2,}", "\n").strip();
  }

  /** Whether {@code line} is nothing but a greeting, such as "Kia ora Ngaire,". */
  public static boolean greeting(String line) {
    List<String> words = Words.of(line);
    if (words.isEmpty() || words.size() > LONGEST_GREETING) {
      return false;
    }
    return greets(line) || line.endsWith(",");
  }

  /** A greeting's words, then nothing but names and the like: "Morning shifts ..." is none. */
  private static boolean greets(String line) {
    String folded = String.join(" ", Words.of(line)) + " ";
    return !line.endsWith("?")
        && GREETINGS.stream()
            .filter(greeting -> folded.startsWith(greeting + " "))
            .anyMatch(greeting -> namesFrom(line, Words.of(greeting).size()));
  }

  private static boolean namesFrom(String line, int word) {
    String[] written = line.strip().split("\\s+", -1);
    return Arrays.stream(written)
        .skip(word)
        .allMatch(
            name ->
                Character.isUpperCase(name.charAt(0))
                    || AFTER_GREETING.contains(String.join(" ", Words.of(name))));
  }

  /** Whether {@code line} is nothing but a sign-off, such as "With kind regards,". */
  public static boolean signOff(String line) {
    List<String> words = Words.of(line);
    if (words.isEmpty() || words.size() > LONGEST_SIGN_OFF) {
      return false;
    }
    char last = line.charAt(line.length() - 1);
    if (last == ',' || SIGN_OFFS.contains(String.join(" ", words))) {
      return true;
    }
    return last != '.' && last != '?' && SIGN_OFFS.contains(words.get(0)) && words.size() <= 3;
  }

  /** A sign-off near the end takes everything after it along, for that is the signature. */
  private static void dropSignature(List<String> lines) {
    for (int i = lines.size() - 1; i > 0; i = Math.min(i, lines.size()) - 1) {
      if (!lines.get(i).isEmpty() && signOff(lines.get(i)) && onlySignatureAfter(lines, i)) {
        lines.subList(i, lines.size()).clear();
        trimBlank(lines);
      }
    }
    while (lines.size() > 1 && bareName(lines.get(lines.size() - 1))) {
      lines.remove(lines.size() - 1);
      trimBlank(lines);
    }
  }

  private static boolean onlySignatureAfter(List<String> lines, int signOff) {
    return lines.subList(signOff + 1, lines.size()).stream()
        .allMatch(line -> Words.of(line).size() <= LONGEST_SIGNATURE + 4 && !sentence(line));
  }

  private static boolean sentence(String line) {
    return line.endsWith("?") || (line.endsWith(".") && Words.of(line).size() > LONGEST_SIGNATURE);
  }

  /** A last line such as "/Lazaros" or "Nkechi Strömgren" or "R.". */
  private static boolean bareName(String line) {
    List<String> words = Words.of(line);
    return words.size() <= 3
        && !words.isEmpty()
        && Arrays.stream(line.replace("/", "").split("[ .]+"))
            .allMatch(word -> word.isEmpty() || Character.isUpperCase(word.charAt(0)))
        && (line.length() < 4 || !".!?".contains(line.substring(line.length() - 1)));
  }

  /** "Morning, Kwabena. Wanting to know is fair." loses its first sentence. */
  private static String withoutInlineGreeting(String line) {
    List<String> sentences = Sentences.of(line);
    if (sentences.size() < 2) {
      return line;
    }
    String first = sentences.get(0);
    boolean greeting = Words.of(first).size() <= LONGEST_GREETING && greets(first);
    return greeting ? line.substring(line.indexOf(first) + first.length()).strip() : line;
  }

  private static void trimBlank(List<String> lines) {
    while (!lines.isEmpty() && lines.get(0).isEmpty()) {
      lines.remove(0);
    }
    while (!lines.isEmpty() && lines.get(lines.size() - 1).isEmpty()) {
      lines.remove(lines.size() - 1);
    }
  }
}
