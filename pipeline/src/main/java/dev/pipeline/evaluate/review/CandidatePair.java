package dev.pipeline.evaluate.review;

/**
 * A pair to learn preferences from, as a reviewer would have it: one line of {@code pairs.jsonl}.
 *
 * @param id the review's item
 * @param prompt the supplier's message
 * @param context what the buyer knew
 * @param chosen the answer that was preferred
 * @param rejected the other
 * @param rationale how many prefer it and why, in the reviewers' words
 */
public record CandidatePair(
    String id, String prompt, String context, String chosen, String rejected, String rationale) {}
