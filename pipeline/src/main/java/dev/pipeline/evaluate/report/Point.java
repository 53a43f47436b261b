package dev.pipeline.evaluate.report;

/** A point of a curve, in the units of its axes. */
public record Point(double x, double y) {}
