package dev.pipeline.data.prefer.lint;

/**
 * Something about a set of pairs that can mislead what learns from it.
 *
 * @param rule the rule's name, in kebab case
 * @param message what was seen, with counts
 */
public record LintWarning(String rule, String message) {}
