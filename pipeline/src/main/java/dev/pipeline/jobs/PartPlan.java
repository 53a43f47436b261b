package dev.pipeline.jobs;

import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.Json;
import java.nio.file.Path;
import java.util.List;

/**
 * How the rows of a run are divided: {@code parts.json} in the run's folder, which workers read.
 *
 * @param work what is done to every row
 * @param places the parts, in the order of the rows
 */
record PartPlan(RowWork work, List<Place> places) {
  private static final String FILE = "parts.json";
  private static final String FOLDER = "parts";

  PartPlan {
    places = List.copyOf(places);
  }

  static Path file(Path run) {
    return run.resolve(FILE);
  }

  static PartPlan read(Path file) {
    return RunFiles.read(file, PartPlan.class);
  }

  void write(Path run) {
    AtomicFiles.writeString(file(run), Json.line(this) + "\n");
  }

  /** Where the finished parts of a run lie, each a folder that appears whole or not at all. */
  static Path folder(Path run) {
    return run.resolve(FOLDER);
  }

  long rows() {
    return places.stream().mapToLong(Place::rows).sum();
  }
}
