package dev.pipeline.evaluate.drift;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tone and empathy rubric: the mean of its rules, each a file of its own with its examples. */
public final class Rubric {
  /** Raise it with any change that can change a score; transcripts of another are scored anew. */
  public static final String VERSION = "rubric-1";

  private static final List<RubricRule> RULES =
      List.of(
          new AcknowledgesFirst(),
          new SpeaksPersonally(),
          new AsksPolitely(),
          new PlainWords(),
          new SaysWhoActs(),
          new StaysCalm(),
          new KeepsItShort());

  private Rubric() {}

  /** Between 0 and 1. */
  public static double score(String answer) {
    return RULES.stream().mapToDouble(rule -> rule.score(answer)).average().orElseThrow();
  }

  /** The score of each rule, by its name, in the rubric's order. */
  public static Map<String, Double> scores(String answer) {
    Map<String, Double> scores = new LinkedHashMap<>();
    RULES.forEach(rule -> scores.put(rule.name(), rule.score(answer)));
    return scores;
  }

  /** What each rule asks for, by its name. */
  public static Map<String, String> sentences() {
    Map<String, String> sentences = new LinkedHashMap<>();
    RULES.forEach(rule -> sentences.put(rule.name(), rule.sentence()));
    return sentences;
  }

  static List<RubricRule> rules() {
    return RULES;
  }
}
