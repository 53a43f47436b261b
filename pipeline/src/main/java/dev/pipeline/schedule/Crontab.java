package dev.pipeline.schedule;

import dev.pipeline.io.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The user's crontab, which only the command {@code crontab} may change, and changes atomically.
 */
public final class Crontab {
  private static final String FIX =
      "install cron (Debian: apt-get install cron), or use --kind systemd or pipeline schedule run";

  private final String command;

  /** One that {@code command} reads and writes, such as crontab. */
  public Crontab(String command) {
    this.command = command;
  }

  /** What it holds; empty where there is none. */
  public String read() {
    Ended ended = run(List.of(command, "-l"), "");
    if (ended.status != 0 && !ended.errors.contains("no crontab for")) {
      throw failed("-l", ended);
    }
    return ended.status == 0 ? ended.output : "";
  }

  /** Replaces it; cron refuses what it cannot read. */
  public void write(String text) {
    Ended ended = run(List.of(command, "-"), text);
    if (ended.status != 0) {
      throw failed("-", ended);
    }
  }

  private record Ended(int status, String output, String errors) {}

  private Failure failed(String argument, Ended ended) {
    String first = ended.errors.lines().findFirst().orElse("exit code " + ended.status);
    return Failure.infrastructure(command + " " + argument + " failed: " + first, FIX, null);
  }

  private Ended run(List<String> words, String input) {
    try {
      Process process = new ProcessBuilder(words).start();
      try (var in = process.getOutputStream()) {
        in.write(input.getBytes(StandardCharsets.UTF_8));
      }
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      String errors = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Ended(process.waitFor(), output, errors);
    } catch (IOException e) {
      throw Failure.infrastructure("cannot run " + command + ": " + e.getMessage(), FIX, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.interrupted("stopped while waiting for " + command, "run the command again");
    }
  }
}
