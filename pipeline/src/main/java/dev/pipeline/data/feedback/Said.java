package dev.pipeline.data.feedback;

/**
 * An earlier turn.
 *
 * @param speaker supplier or buyer
 */
public record Said(String speaker, String text) {}
