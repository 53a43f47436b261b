package dev.pipeline.track.wandb;

import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import dev.pipeline.io.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * {@code sent.json}: how much of a run the server has. Only a note, which saves asking: the server
 * itself is asked before anything is sent.
 *
 * @param server its address
 * @param entity whose the run is there
 * @param project its project there
 * @param page where people look at it
 * @param rows lines of its history that are there
 * @param ended the end that was sent, as tracking.json dates it; empty while none was
 */
public record Sent(
    String server, String entity, String project, String page, long rows, String ended) {
  private static final String FILE = "sent.json";

  /** What was noted in {@code folder}, if anything was. */
  public static Optional<Sent> read(Path folder) {
    Path file = folder.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Json.parse(Files.readString(file), Sent.class, file.toString()));
    } catch (IOException e) {
      throw Failure.infrastructure(
          "cannot read " + file + ": " + Reason.of(e), "check its permissions", e);
    }
  }

  void write(Path folder) {
    AtomicFiles.writeString(folder.resolve(FILE), Json.pretty(this));
  }
}
