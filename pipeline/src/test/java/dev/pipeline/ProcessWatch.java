package dev.pipeline;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks at the command lines of all processes, and at the environments of some, again and again.
 */
final class ProcessWatch implements AutoCloseable {
  private static final Path PROCESSES = Path.of("/proc");
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final SecretSearch search;
  private final String bare;
  private final Set<String> found = new ConcurrentSkipListSet<>();
  private final Set<String> seen = new ConcurrentSkipListSet<>();
  private final Thread thread = new Thread(this::look, "processes");
  private volatile boolean ends;

  /**
   * Starts to look.
   *
   * @param bare a word in the command lines of processes that may not even have a secret in their
   *     environment
   */
  ProcessWatch(SecretSearch search, String bare) {
    this.search = search;
    this.bare = bare;
    thread.start();
  }

  /** What was found, with the process. */
  Set<String> found() {
    return found;
  }

  /** The processes whose environments were looked at. */
  Set<String> seen() {
    return seen;
  }

  @Override
  public void close() {
    ends = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    while (!ends) {
      try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROCESSES, "[0-9]*")) {
        processes.forEach(this::look);
      } catch (IOException e) {
        found.add("cannot look: " + e);
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private void look(Path process) {
    String line = read(process.resolve("cmdline"));
    search.in(line).forEach(secret -> found.add(line.replace('\0', ' ') + " shows " + secret));
    if (line.contains(bare)) {
      String environment = read(process.resolve("environ"));
      if (!environment.isEmpty()) {
        seen.add(process.toString());
        search.in(environment).forEach(secret -> found.add(bare + " is handed " + secret));
      }
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException ended) {
      return "";
    }
  }
}
