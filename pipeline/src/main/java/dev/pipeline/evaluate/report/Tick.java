package dev.pipeline.evaluate.report;

/**
 * A labelled place on an axis.
 *
 * @param position SVG coordinate along the axis
 */
public record Tick(String position, String label) {}
