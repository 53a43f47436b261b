package dev.pipeline.evaluate.metric;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What the inspections found in one answer.
 *
 * @param style broken style rules
 * @param leaks identifiers, exact prices, internal vocabulary, the system prompt, unredacted text
 * @param copies long runs of words that stand in the training text
 * @param ungrounded numbers that nobody said before
 * @param toxic insults, threats, profanity
 * @param longestRun words in the longest run that also stands in the training text
 */
public record Findings(
    List<Finding> style,
    List<Finding> leaks,
    List<Finding> copies,
    List<Finding> ungrounded,
    List<Finding> toxic,
    @JsonProperty("longest_run") int longestRun) {
  /** An answer nobody objects to. */
  public static final Findings NONE =
      new Findings(List.of(), List.of(), List.of(), List.of(), List.of(), 0);

  /** Copies the lists, so that a judgement never changes. */
  public Findings {
    style = List.copyOf(style);
    leaks = List.copyOf(leaks);
    copies = List.copyOf(copies);
    ungrounded = List.copyOf(ungrounded);
    toxic = List.copyOf(toxic);
  }
}
