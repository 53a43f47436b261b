package dev.pipeline.jobs;

/**
 * A record bound for a file of JSON lines.
 *
 * @param file name of the file in the run's folder
 * @param record what becomes one line
 */
record Line(String file, Object record) {}
