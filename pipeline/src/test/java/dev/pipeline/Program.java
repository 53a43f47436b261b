package dev.pipeline;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Runs {@code scripts/pipeline} as a person would, in a process of its own. */
final class Program {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private static final Duration POLL = Duration.ofMillis(10);

  private Program() {}

  /** What a run printed, and its exit status. */
  record Ended(int status, List<String> lines) {
    String text() {
      return String.join("\n", lines);
    }
  }

  /** Runs to the end. */
  static Ended run(String... arguments) {
    return run(() -> false, arguments);
  }

  /** Runs to the end, unable to let any file grow beyond so many {@code kilobytes}. */
  static Ended runWithLimit(int kilobytes, String... arguments) {
    String limit = "ulimit -f " + kilobytes + " && exec \"$0\" \"$@\"";
    return run(List.of("bash", "-c", limit), () -> false, arguments);
  }

  /** Runs until {@code struck} holds, then kills it as {@code kill -9} does. */
  static Ended run(BooleanSupplier struck, String... arguments) {
    return run(List.of(), struck, arguments);
  }

  private static Ended run(List<String> before, BooleanSupplier struck, String... arguments) {
    List<String> command = new ArrayList<>(before);
    command.add(ROOT.resolve("scripts/pipeline").toString());
    command.addAll(List.of(arguments));
    try {
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().put("PIPELINE_SKIP_BUILD", "1");
      Process process = builder.start();
      Thread killer = new Thread(() -> killWhen(struck, process));
      killer.start();
      List<String> lines = new ArrayList<>();
      try (BufferedReader output = process.inputReader()) {
        output.lines().forEach(lines::add);
      }
      int status = process.waitFor();
      killer.join();
      return new Ended(status, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static void killWhen(BooleanSupplier struck, Process process) {
    while (process.isAlive()) {
      if (struck.getAsBoolean()) {
        // Through its handle: Process.destroyForcibly would also close the pipe being read.
        process.toHandle().destroyForcibly();
        return;
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
  }
}
