package dev.pipeline.talk;

import dev.pipeline.io.Failure;
import dev.pipeline.io.Reason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Memory that a model takes.
 *
 * @param resident bytes of the process that holds it, mapped pages of its file included, at most
 * @param gpu bytes on GPUs
 */
public record Footprint(long resident, long gpu) {
  private static final String HIGHEST = "VmHWM:";
  private static final int KIBI = 1024;

  /** The most that process {@code id} has had resident, as Linux counts it. */
  static Footprint ofProcess(long id) {
    Path status = Path.of("/proc/" + id + "/status");
    try {
      String text = new String(Files.readAllBytes(status), StandardCharsets.US_ASCII);
      return new Footprint(highest(text), 0);
    } catch (IOException e) {
      throw Failure.infrastructure(
          "cannot read " + status + ": " + Reason.of(e), "measure on Linux", e);
    }
  }

  /** The same memory and {@code bytes} more of GPUs. */
  Footprint plusGpu(long bytes) {
    return new Footprint(resident, gpu + bytes);
  }

  private static long highest(String status) {
    return status
        .lines()
        .filter(line -> line.startsWith(HIGHEST))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * KIBI)
        .findFirst()
        .orElse(0);
  }
}
