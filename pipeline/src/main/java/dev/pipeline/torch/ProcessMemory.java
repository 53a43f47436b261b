package dev.pipeline.torch;

import dev.pipeline.io.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The resident memory of this process as Linux counts it: heap, engine, tensors and the pages of
 * mapped files that were touched.
 */
final class ProcessMemory implements MemoryMeter {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path REFERENCES = Path.of("/proc/self/clear_refs");

  /** What makes the kernel forget the most that was resident (proc(5), since Linux 4.0). */
  private static final String FORGET_HIGHEST = "5";

  private static final int KIBI = 1024;

  private final String line;

  private ProcessMemory(String line) {
    this.line = line;
  }

  /**
   * A meter of the most that is resident from now on, so that nothing between two looks escapes it;
   * of what is resident at each look, where the kernel does not forget what was before.
   */
  static ProcessMemory fromNow() {
    try {
      Files.writeString(REFERENCES, FORGET_HIGHEST);
      return new ProcessMemory("VmHWM:");
    } catch (IOException notAllowed) {
      return new ProcessMemory("VmRSS:");
    }
  }

  @Override
  public long used() {
    try {
      return in(new String(Files.readAllBytes(STATUS), StandardCharsets.US_ASCII), line);
    } catch (IOException e) {
      throw Failure.infrastructure(
          "cannot read " + STATUS + ", which memory_limit needs", "run on Linux", e);
    }
  }

  /** Bytes that {@code line} of {@code status} tells in KiB. */
  static long in(String status, String line) {
    int start = status.indexOf(line) + line.length();
    int end = status.indexOf(" kB", start);
    return Long.parseLong(status.substring(start, end).strip()) * KIBI;
  }
}
