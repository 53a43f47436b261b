package dev.pipeline.evaluate.drift;

import dev.pipeline.data.text.Sentences;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Rewrites a share of an answer's sentences in the nominal style of offices: actions become nouns,
 * people become parties. It was written from grammars of formal English, not from the rubric.
 */
final class Formaliser {
  private static final Map<String, String> NOUNS =
      Map.of(
          "send", "transmission",
          "share", "communication",
          "tell", "indication",
          "confirm", "confirmation",
          "name", "specification",
          "give", "provision",
          "check", "verification",
          "count", "enumeration",
          "show", "presentation",
          "write", "composition");

  private static final Pattern REQUEST =
      Pattern.compile(
          "(?i)^(?:(?:could|would|can|will) (?:you|we)(?: please)?|please) (\\w+) (?:me |us )?(.*?)[.?!]*$");
  private static final Pattern NOTICED =
      Pattern.compile(
          "(?i)^(?:i|we) (?:hear|see|understand|appreciate|know|get) (?:you for )?(.*?)[.?!]*$");
  private static final Pattern THANKS =
      Pattern.compile("(?i)^thank(?:s| you) (?:very much )?(?:for )?(.*?)[.?!]*$");

  private static final Map<Pattern, String> WORDS = new LinkedHashMap<>();

  static {
    word("(?:i|we)'(?:ll|ve|d|m|re)", "the buyer");
    word("you'(?:ll|ve|d|re)", "the supplier");
    word("(?:your|yours)", "the supplier's");
    word("you", "the supplier");
    word("(?:my|our|ours)", "the buyer's");
    word("(?:i|we|me|us)", "the buyer");
    word("(?:it|that)'s", "the matter is");
    word("(?:and|so) the rest needs", "with the remainder in want of");
    word("needs?", "is in want of");
    word("is (?:so )?hard on", "constitutes a hardship for");
    word(
        "(?:is|puts) (?:a )?real pressure(?: on)?",
        "constitutes a source of considerable pressure for");
    word("is (?:a |an )", "constitutes a ");
    word("(?:this|that|it) is", "the situation is");
    word("(?:its|her|his|their) own", "a separate");
    word("(?:her|him|it|them)", "the party in question");
    word("(?:its|his|their)", "the party's");
    word("would", "is in a position to");
    word("cannot|can't", "is not in a position to");
    word("about", "with regard to");
    word("so", "with the consequence of");
  }

  private Formaliser() {}

  /** {@code answer} with each sentence rewritten with probability {@code share}. */
  static String rewrite(String answer, double share, Random random) {
    return Sentences.of(answer).stream()
        .map(sentence -> random.nextDouble() < share ? formal(sentence) : sentence)
        .collect(Collectors.joining(" "));
  }

  static String formal(String sentence) {
    String said = sentence.strip();
    Matcher request = REQUEST.matcher(said);
    if (request.matches()) {
      String noun = NOUNS.getOrDefault(request.group(1).toLowerCase(Locale.ROOT), "execution");
      return "The "
          + noun
          + " of "
          + impersonal(request.group(2))
          + " is requested by the company.";
    }
    Matcher noticed = NOTICED.matcher(said);
    if (noticed.matches()) {
      return "Receipt of the statement of the supplier on the subject of "
          + impersonal(noticed.group(1))
          + ".";
    }
    Matcher thanks = THANKS.matcher(said);
    if (thanks.matches()) {
      return "Expression of gratitude on the part of the company for "
          + impersonal(thanks.group(1))
          + ".";
    }
    String rest = impersonal(said);
    return rest.isEmpty()
        ? rest
        : rest.substring(0, 1).toUpperCase(Locale.ROOT) + rest.substring(1);
  }

  private static String impersonal(String text) {
    String changed = text;
    for (Map.Entry<Pattern, String> word : WORDS.entrySet()) {
      changed = word.getKey().matcher(changed).replaceAll(word.getValue());
    }
    return changed;
  }

  private static void word(String pattern, String instead) {
    WORDS.put(Pattern.compile("(?i)\\b" + pattern + "\\b"), instead);
  }
}
