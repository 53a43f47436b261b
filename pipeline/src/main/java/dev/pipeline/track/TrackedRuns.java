package dev.pipeline.track;

import dev.pipeline.io.Failure;
import dev.pipeline.io.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The runs of a model that can be followed, oldest first. */
public final class TrackedRuns {
  private static final String FIX = "pipeline track list names them";

  private TrackedRuns() {}

  /** A run and where it lies. */
  public record Located(Path folder, TrackedRun run) {}

  /** All of them below {@code runs}. */
  public static List<Located> all(Path runs) {
    if (!Files.isDirectory(runs)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(runs)) {
      return folders
          .sorted()
          .flatMap(folder -> TrackedRun.read(folder).map(run -> new Located(folder, run)).stream())
          .sorted(Comparator.comparing(located -> located.run().startedAt()))
          .toList();
    } catch (IOException e) {
      throw Failure.infrastructure(
          "cannot list " + runs + ": " + Reason.of(e), "check its permissions", e);
    }
  }

  /** The one whose id begins so. */
  public static Located named(Path runs, String name) {
    List<Located> found =
        all(runs).stream().filter(located -> located.run().id().startsWith(name)).toList();
    if (name.isEmpty() || found.size() != 1) {
      throw Failure.usage(
          (found.isEmpty() ? "no" : "more than one") + " tracked run called \"" + name + "\"", FIX);
    }
    return found.get(0);
  }
}
