package dev.pipeline.talk;

import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Hashes;
import dev.pipeline.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What {@code bench} found of base models on machines, a small file each.
 *
 * @param folder holds them
 */
public record BenchRecords(Path folder) {
  private static final int DIGITS = 16;

  /**
   * What was found.
   *
   * @param base where the model lay
   * @param baseDigest what it was
   * @param machine what measured it, in words
   * @param verdict of phase 0
   * @param figures behind it
   */
  public record Entry(
      String base, String baseDigest, String machine, Verdict verdict, Figures figures) {}

  /** Keeps {@code entry} in place of an earlier one of the same base and machine. */
  public Path keep(Entry entry) {
    Path file = file(entry.baseDigest(), entry.machine());
    AtomicFiles.writeString(file, Json.pretty(entry));
    return file;
  }

  /**
   * What is known of a base on a machine; a file that cannot be read is worth no more than none.
   */
  public Optional<Entry> find(String baseDigest, String machine) {
    Path file = file(baseDigest, machine);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Json.parse(Files.readString(file), Entry.class, file.toString()))
          .filter(entry -> entry.baseDigest().equals(baseDigest));
    } catch (IOException | Failure unreadable) {
      return Optional.empty();
    }
  }

  private Path file(String baseDigest, String machine) {
    String key = Hashes.sha256(baseDigest + "\n" + machine);
    return folder.resolve(key.substring(0, DIGITS) + ".json");
  }
}
