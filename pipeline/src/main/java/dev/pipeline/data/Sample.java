package dev.pipeline.data;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;

/**
 * One training row: the supplier's message to answer, what went before, and the answer a reviewer
 * would like to see. One line of {@code train.jsonl} and {@code validation.jsonl}.
 *
 * @param id conversation and reply number, unique in a dataset
 * @param family the scenario family that is held out or trained on as a whole; empty when unknown
 * @param instruction the supplier's message
 * @param context round, sentiment, outstanding asks and earlier turns, one a line
 * @param idealAnswer the buyer's reply
 * @param source where the row was mined
 * @param approval what a reviewer said
 */
public record Sample(
    String id,
    String family,
    String instruction,
    String context,
    @JsonProperty("ideal_answer") String idealAnswer,
    Source source,
    Approval approval) {

  /** Rejects a row that lacks a field, naming it. */
  public Sample {
    Objects.requireNonNull(id, "id is missing");
    Objects.requireNonNull(family, "family is missing");
    Objects.requireNonNull(instruction, "instruction is missing");
    Objects.requireNonNull(context, "context is missing");
    Objects.requireNonNull(idealAnswer, "ideal_answer is missing");
    Objects.requireNonNull(source, "source is missing");
    Objects.requireNonNull(approval, "approval is missing");
  }

  /** The same row with other words. */
  public Sample withTexts(String newInstruction, String newContext, String newAnswer) {
    return new Sample(id, family, newInstruction, newContext, newAnswer, source, approval);
  }
}
