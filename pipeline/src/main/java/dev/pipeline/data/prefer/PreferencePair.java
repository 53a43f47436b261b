package dev.pipeline.data.prefer;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.pipeline.data.Source;
import java.util.Objects;

/**
 * Two answers to the same message, and which of them is the better one. One line of {@code
 * train.jsonl} and {@code validation.jsonl}.
 *
 * @param id unique in a dataset
 * @param family the scenario family that is held out or trained on as a whole; empty when unknown
 * @param prompt the supplier's message
 * @param context round, sentiment, outstanding asks and earlier turns, one a line; may be empty
 * @param chosen the better answer, without greeting and without template tokens
 * @param rejected the worse answer
 * @param rationale why it is worse; empty when nobody said
 * @param failureMode what is wrong with it, one of the words of {@link FailureMode}
 * @param source where the pair was found
 */
public record PreferencePair(
    String id,
    String family,
    String prompt,
    String context,
    String chosen,
    String rejected,
    String rationale,
    @JsonProperty("failure_mode") String failureMode,
    Source source) {

  /** Rejects a pair that lacks a field, naming it. */
  public PreferencePair {
    Objects.requireNonNull(id, "id is missing");
    Objects.requireNonNull(family, "family is missing");
    Objects.requireNonNull(prompt, "prompt is missing");
    Objects.requireNonNull(context, "context is missing");
    Objects.requireNonNull(chosen, "chosen is missing");
    Objects.requireNonNull(rejected, "rejected is missing");
    Objects.requireNonNull(rationale, "rationale is missing");
    Objects.requireNonNull(failureMode, "failure_mode is missing");
    Objects.requireNonNull(source, "source is missing");
  }

  /** The same pair with other words. */
  public PreferencePair withTexts(
      String newPrompt,
      String newContext,
      String newChosen,
      String newRejected,
      String newRationale,
      String newFailureMode) {
    return new PreferencePair(
        id,
        family,
        newPrompt,
        newContext,
        newChosen,
        newRejected,
        newRationale,
        newFailureMode,
        source);
  }
}
