package dev.pipeline.evaluate;

/**
 * A hold-out row, rendered by the same template as in training.
 *
 * @param id the curated row's id
 * @param instruction the message to answer
 * @param context what the buyer knows
 * @param reference the answer a person wrote
 * @param prompt the rendered conversation up to where the answer begins
 * @param completion the rendered reference with its terminator: what is scored
 */
public record HoldoutRow(
    String id,
    String instruction,
    String context,
    String reference,
    String prompt,
    String completion) {
  /** The same row, asked with another rendering. */
  public HoldoutRow asked(String rendered) {
    return new HoldoutRow(id, instruction, context, reference, rendered, completion);
  }
}
