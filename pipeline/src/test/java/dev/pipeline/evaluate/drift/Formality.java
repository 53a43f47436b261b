package dev.pipeline.evaluate.drift;

import dev.pipeline.data.text.WordList;
import dev.pipeline.data.text.Words;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The F-score of Heylighen and Dewaele, "Formality of Language: definition, measurement and
 * behavioral determinants" (1999): (nouns + adjectives + prepositions + articles - pronouns - verbs
 * - adverbs - interjections + 100) / 2, each in percent of all words. It counts parts of speech and
 * knows nothing of the rubric's words or sentences. The parts of speech come from closed lists and
 * from endings; what is in none of them is a noun.
 */
final class Formality {
  private static final Set<String> ARTICLES = Set.of("a", "an", "the");
  private static final Set<String> PRONOUNS = list("pronouns.txt");
  private static final Set<String> PREPOSITIONS = list("prepositions.txt");
  private static final Set<String> CONJUNCTIONS = list("conjunctions.txt");
  private static final Set<String> ADVERBS = list("adverbs.txt");
  private static final Set<String> ADJECTIVES = list("adjectives.txt");
  private static final Set<String> VERBS = list("verbs.txt");
  private static final Set<String> INTERJECTIONS =
      Set.of("oh", "ah", "well", "hey", "please", "thanks", "yes", "no");
  private static final Pattern ADJECTIVE =
      Pattern.compile(".{2,}(?:ful|ous|ive|able|ible|less|ical|ish|ary)");
  private static final Pattern NUMBER = Pattern.compile("\\d.*");

  private Formality() {}

  /** Of all {@code texts} together, between 0 and 100. */
  static double of(List<String> texts) {
    List<String> words = texts.stream().flatMap(text -> Words.of(text).stream()).toList();
    double sum = words.stream().mapToInt(Formality::sign).sum();
    return (100 * sum / words.size() + 100) / 2;
  }

  /** 1 for what formal texts have more of, -1 for what they have less of. */
  static int sign(String word) {
    if (ARTICLES.contains(word) || PREPOSITIONS.contains(word) || ADJECTIVES.contains(word)) {
      return 1;
    }
    if (CONJUNCTIONS.contains(word) || NUMBER.matcher(word).matches()) {
      return 0;
    }
    if (PRONOUNS.contains(word.replaceFirst("['’].*", ""))
        || INTERJECTIONS.contains(word)
        || isAdverb(word)
        || isVerb(word)) {
      return -1;
    }
    return 1;
  }

  private static boolean isAdverb(String word) {
    return ADVERBS.contains(word)
        || (word.endsWith("ly") && word.length() > 4 && !ADJECTIVE.matcher(word).matches());
  }

  /** The lemma stands in the list, with -s, -ed or -ing. */
  private static boolean isVerb(String word) {
    if (VERBS.contains(word)) {
      return true;
    }
    for (String ending : List.of("s", "es", "d", "ed", "ing")) {
      if (word.endsWith(ending)) {
        String stem = word.substring(0, word.length() - ending.length());
        if (VERBS.contains(stem) || VERBS.contains(stem + "e")) {
          return true;
        }
      }
    }
    return false;
  }

  private static Set<String> list(String name) {
    return WordList.folded(Formality.class, name);
  }
}
