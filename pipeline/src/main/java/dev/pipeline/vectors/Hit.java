package dev.pipeline.vectors;

/**
 * A point that a search found.
 *
 * @param similarity cosine between its vector and the question's, -1 to 1
 */
public record Hit(Entry entry, double similarity) {}
