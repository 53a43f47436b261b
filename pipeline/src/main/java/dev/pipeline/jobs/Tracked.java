package dev.pipeline.jobs;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What those who follow runs hear at the end of one.
 *
 * @param figures what came out, by name; asked for when the job succeeded
 * @param files small files of the run's folder, by their path in it; those that are there
 */
record Tracked(Function<RunContext, Map<String, Object>> figures, List<String> files) {
  /** Copies the list. */
  Tracked {
    files = List.copyOf(files);
  }

  /** The fields of a JSON object in {@code file}. */
  static Map<String, Object> object(Path file) {
    Map<String, Object> fields = new TreeMap<>();
    Map<?, ?> read = RunFiles.read(file, Map.class);
    read.forEach((name, value) -> fields.put(String.valueOf(name), value));
    return fields;
  }
}
