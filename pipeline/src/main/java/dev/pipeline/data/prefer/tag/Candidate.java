package dev.pipeline.data.prefer.tag;

/**
 * An answer to be judged.
 *
 * @param prompt the supplier's message
 * @param context what stands before it
 * @param better an answer that is known to be good
 * @param answer the one to judge
 */
public record Candidate(String prompt, String context, String better, String answer) {
  /** Everything that a good answer may draw on. */
  String given() {
    return prompt + "\n" + context + "\n" + better;
  }
}
