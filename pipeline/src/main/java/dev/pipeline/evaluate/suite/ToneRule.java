package dev.pipeline.evaluate.suite;

import dev.pipeline.data.lint.StyleRules;
import dev.pipeline.data.text.WordList;
import dev.pipeline.data.text.Words;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The tone that the supplier's mood calls for; see {@link Mood.Tone}. */
final class ToneRule implements TaskRule {
  private static final List<String> WARM = WordList.entries(ToneRule.class, "warm-words.txt");
  private static final List<String> HARSH = WordList.entries(ToneRule.class, "harsh-phrases.txt");
  private static final Pattern APOLOGY = Pattern.compile("(?i)\\b(?:sorry|apolog\\w*)\\b");

  @Override
  public String name() {
    return "tone";
  }

  @Override
  public String sentence() {
    return "Nothing harsh is said. To the frustrated, impatient, anxious, disappointed or wary the"
        + " first sentence acknowledges and nothing is exclaimed; to the friendly, hopeful or"
        + " relieved a warm word is said; to the businesslike or firm nothing is exclaimed and at"
        + " most one apology made.";
  }

  @Override
  public Optional<String> check(NegotiationTask task, String answer) {
    String words = " " + String.join(" ", Words.of(answer)) + " ";
    Optional<String> harsh =
        HARSH.stream().filter(phrase -> words.contains(" " + phrase + " ")).findFirst();
    if (harsh.isPresent()) {
      return harsh.map(phrase -> "is harsh: \"" + phrase + "\"");
    }
    return switch (task.sentiment().tone()) {
      case SOOTHING -> soothing(answer);
      case WARM ->
          WARM.stream().anyMatch(word -> words.contains(" " + word))
              ? Optional.empty()
              : Optional.of("returns no kindness");
      case LEVEL -> level(answer);
    };
  }

  private static Optional<String> soothing(String answer) {
    if (answer.contains("!")) {
      return Optional.of("exclaims");
    }
    boolean acknowledges =
        StyleRules.standard().check(answer, any -> 0).stream()
            .noneMatch(finding -> finding.rule().equals("acknowledgement-first"));
    return acknowledges && !answer.isBlank()
        ? Optional.empty()
        : Optional.of("the first sentence acknowledges nothing");
  }

  private static Optional<String> level(String answer) {
    if (answer.contains("!")) {
      return Optional.of("exclaims");
    }
    return APOLOGY.matcher(answer).results().count() > 1
        ? Optional.of("apologises more than once")
        : Optional.empty();
  }

  @Override
  public List<Example> examples() {
    NegotiationTask upset = ExampleTasks.coil(Mood.FRUSTRATED);
    NegotiationTask kind = ExampleTasks.coil(Mood.FRIENDLY);
    NegotiationTask level = ExampleTasks.coil(Mood.BUSINESSLIKE);
    return List.of(
        Example.pass(upset, "I understand how hard that rise hits you. Could you share the index?"),
        Example.fail(upset, "Could you share the index?"),
        Example.fail(upset, "I understand! Great that you ask! Could you share the index?"),
        Example.pass(kind, "Thank you for being so open. Could you share the index?"),
        Example.fail(kind, "The rise is noted. Share the index."),
        Example.pass(level, "The rise since March is clear. Could you share the index?"),
        Example.fail(level, "So sorry, my apologies, sorry again. Could you share the index?"),
        Example.fail(level, "Wow, what a rise! Could you share the index?"),
        Example.fail(level, "That is your problem. Share the index."));
  }
}
