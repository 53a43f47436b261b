package dev.pipeline.lineage;

/**
 * A file that is not what it was.
 *
 * @param path the file
 * @param fault what is wrong with it
 */
public record Damage(String path, String fault) {}
