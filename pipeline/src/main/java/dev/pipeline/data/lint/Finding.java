package dev.pipeline.data.lint;

/**
 * One way in which an answer breaks the house style.
 *
 * @param rule the rule's name, stable enough to count by
 * @param detail what was seen
 */
public record Finding(String rule, String detail) {}
