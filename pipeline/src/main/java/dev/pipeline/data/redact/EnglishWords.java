package dev.pipeline.data.redact;

import dev.pipeline.data.text.WordList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether a word is English: listed, or an inflection or compound of listed words. */
public final class EnglishWords {
  private static final Set<String> BASE =
      Stream.of("english-words.txt", "trade-words.txt")
          .flatMap(name -> WordList.folded(EnglishWords.class, name).stream())
          .collect(Collectors.toCollection(HashSet::new));
  private static final WordSet LISTED = new WordSet(BASE);
  private static final Set<String> CONTRACTED = Set.of("ve", "ll", "re", "t", "d", "m", "s");

  private record Ending(String suffix, String base) {}

  private static final List<Ending> ENDINGS =
      List.of(
          new Ending("ies", "y"),
          new Ending("ied", "y"),
          new Ending("ier", "y"),
          new Ending("iest", "y"),
          new Ending("ily", "y"),
          new Ending("iness", "y"),
          new Ending("es", ""),
          new Ending("s", ""),
          new Ending("ed", ""),
          new Ending("ed", "e"),
          new Ending("ing", ""),
          new Ending("ing", "e"),
          new Ending("er", ""),
          new Ending("er", "e"),
          new Ending("ers", ""),
          new Ending("ers", "e"),
          new Ending("est", ""),
          new Ending("ly", ""),
          new Ending("ness", ""),
          new Ending("less", ""),
          new Ending("ful", ""));
  private static final List<String> PREFIXES = List.of("re", "un", "pre", "over", "under", "non");
  private static final int SHORTEST_STEM = 3;
  private static final int SHORTEST_HALF = 4;
  private static final int DEPTH = 3;

  /** Unlisted words are few and come again and again. */
  private static final Verdicts DERIVED = new Verdicts(1 << 14);

  /** Verdicts on words that are not packed, rarer still. */
  private static final Map<String, Boolean> LONG = new ConcurrentHashMap<>();

  private static final int MOST_LONG = 1 << 14;

  private EnglishWords() {}

  /** Whether {@code word}, folded, is English; hyphens join words. */
  public static boolean contains(String word) {
    long packed = PackedWord.of(word, 0, word.length());
    int verdict = verdict(packed);
    return verdict < 0 ? judged(packed, word) : verdict > 0;
  }

  /** The same of a word that need not have been made. */
  static boolean contains(Token token) {
    int verdict = verdict(token.packed());
    return verdict < 0 ? judged(token.packed(), token.folded()) : verdict > 0;
  }

  /** 1 for an English word, 0 for another, -1 where that must be found out. */
  private static int verdict(long packed) {
    if (packed == PackedWord.NONE) {
      return -1;
    }
    return LISTED.contains(packed) ? 1 : DERIVED.on(packed);
  }

  private static boolean judged(long packed, String word) {
    if (packed != PackedWord.NONE) {
      boolean english = isDerived(word);
      DERIVED.put(packed, english);
      return english;
    }
    Boolean known = LONG.get(word);
    if (known != null) {
      return known;
    }
    boolean english = BASE.contains(word) || isDerived(word);
    if (LONG.size() < MOST_LONG) {
      LONG.put(word, english);
    }
    return english;
  }

  private static boolean isDerived(String word) {
    if (word.indexOf('-') < 0 && word.indexOf('\'') < 0) {
      return isWord(word);
    }
    for (String part : word.split("[-']", -1)) {
      if (!isWord(part)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isWord(String part) {
    return part.length() <= 1
        || CONTRACTED.contains(part)
        || inflected(part, DEPTH)
        || compound(part);
  }

  private static boolean inflected(String word, int depth) {
    if (BASE.contains(word)) {
      return true;
    }
    for (Ending ending : ENDINGS) {
      int length = word.length() - ending.suffix.length();
      if (depth > 0 && length >= SHORTEST_STEM && word.endsWith(ending.suffix)) {
        String stem = word.substring(0, length);
        if (inflected(stem + ending.base, depth - 1)
            || (doubled(stem) && inflected(stem.substring(0, length - 1), depth - 1))) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean doubled(String stem) {
    int last = stem.length() - 1;
    return last >= SHORTEST_STEM && stem.charAt(last) == stem.charAt(last - 1);
  }

  /** "headcount" and "redelivery" are words; short halves would make words of names. */
  private static boolean compound(String word) {
    for (String prefix : PREFIXES) {
      if (word.startsWith(prefix)
          && word.length() - prefix.length() > SHORTEST_HALF
          && inflected(word.substring(prefix.length()), DEPTH)) {
        return true;
      }
    }
    for (int cut = SHORTEST_HALF; cut <= word.length() - SHORTEST_HALF; cut++) {
      if (BASE.contains(word.substring(0, cut)) && inflected(word.substring(cut), 1)) {
        return true;
      }
    }
    return false;
  }
}
