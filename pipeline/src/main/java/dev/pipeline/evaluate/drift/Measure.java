package dev.pipeline.evaluate.drift;

import dev.pipeline.evaluate.metric.Score;

/**
 * One thing that is measured on both sides.
 *
 * @param name stable, in snake case
 * @param meaning in a sentence
 * @param before of the baseline, with its 95 % interval
 * @param now of today's answers, likewise
 */
public record Measure(String name, String meaning, Score before, Score now) {}
