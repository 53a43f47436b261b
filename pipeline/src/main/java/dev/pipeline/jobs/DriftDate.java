package dev.pipeline.jobs;

/**
 * What makes the look of another day another run.
 *
 * @param day ISO-8601, in the schedule's zone
 */
public record DriftDate(String day) {}
