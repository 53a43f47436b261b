package dev.pipeline.data.prefer.tag;

import dev.pipeline.data.prefer.FailureMode;
import dev.pipeline.data.prefer.Phrases;
import dev.pipeline.data.text.Words;
import java.util.Optional;

/** Holds a set phrase of the shipped list, as ticket systems write them. */
final class RoboticTag implements FailureRule {

  @Override
  public FailureMode mode() {
    return FailureMode.ROBOTIC;
  }

  @Override
  public Optional<String> check(Candidate candidate) {
    String answer = words(candidate.answer());
    return Phrases.roboticMarks().stream().map(RoboticTag::words).anyMatch(answer::contains)
        ? Optional.of("Answers with a set phrase where the own words deserve one.")
        : Optional.empty();
  }

  private static String words(String text) {
    return " " + String.join(" ", Words.of(text)) + " ";
  }
}
