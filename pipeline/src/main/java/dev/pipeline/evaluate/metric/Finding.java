package dev.pipeline.evaluate.metric;

/**
 * Something an inspection objects to.
 *
 * @param rule the rule or detector that found it
 * @param text the offending passage, or a short explanation
 */
public record Finding(String rule, String text) {}
