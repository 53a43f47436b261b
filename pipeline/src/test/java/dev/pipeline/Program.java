package dev.pipeline;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Runs {@code scripts/pipeline} as a person would, in a process of its own. */
final class Program {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private static final Duration POLL = Duration.ofMillis(10);

  private static final int CONTROL_C = 3;

  private Program() {}

  /** What a run printed, and its exit status. */
  record Ended(int status, List<String> lines) {
    String text() {
      return String.join("\n", lines);
    }
  }

  /** The same with variables of its own in its environment. */
  static With with(Map<String, String> environment) {
    return new With(environment);
  }

  /** Runs with more in the environment than others. */
  record With(Map<String, String> environment) {
    /** Runs until {@code struck} holds, then kills it as {@code kill -9} does. */
    Ended run(BooleanSupplier struck, String... arguments) {
      return Program.run(
          command(arguments), struck, process -> process.toHandle().destroyForcibly(), environment);
    }

    /** Runs to the end, and does something else once {@code due} holds. */
    Ended run(BooleanSupplier due, Runnable meanwhile, String... arguments) {
      return Program.run(command(arguments), due, process -> meanwhile.run(), environment);
    }

    /** Runs on a terminal, where a person presses Ctrl-C as soon as {@code struck} holds. */
    Ended runAtTerminal(BooleanSupplier struck, String... arguments) {
      return Program.run(terminal(arguments), struck, Program::pressInterrupt, environment);
    }
  }

  /** Runs to the end. */
  static Ended run(String... arguments) {
    return run(() -> false, arguments);
  }

  /** Runs to the end, unable to let any file grow beyond so many {@code kilobytes}. */
  static Ended runWithLimit(int kilobytes, String... arguments) {
    String limit = "ulimit -f " + kilobytes + " && exec \"$0\" \"$@\"";
    List<String> limited = new ArrayList<>(List.of("bash", "-c", limit));
    limited.addAll(command(arguments));
    return run(limited, () -> false, process -> {});
  }

  /** Runs until {@code struck} holds, then kills it as {@code kill -9} does. */
  static Ended run(BooleanSupplier struck, String... arguments) {
    // Through its handle: Process.destroyForcibly would also close the pipe being read.
    return run(command(arguments), struck, process -> process.toHandle().destroyForcibly());
  }

  /** Runs to the end, and does something else once {@code due} holds. */
  static Ended run(BooleanSupplier due, Runnable meanwhile, String... arguments) {
    return run(command(arguments), due, process -> meanwhile.run());
  }

  /** Runs on a terminal, where a person presses Ctrl-C as soon as {@code struck} holds. */
  static Ended runAtTerminal(BooleanSupplier struck, String... arguments) {
    return with(Map.of()).runAtTerminal(struck, arguments);
  }

  private static List<String> terminal(String... arguments) {
    String line =
        command(arguments).stream()
            .map(word -> "'" + word + "'")
            .collect(Collectors.joining(" ", "exec ", ""));
    // A parent in the background ignores SIGINT, and its children inherit that.
    return List.of("env", "--default-signal=INT", "script", "-qefc", line, "/dev/null");
  }

  private static void pressInterrupt(Process process) {
    try {
      process.getOutputStream().write(CONTROL_C);
      process.getOutputStream().flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> command(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(ROOT.resolve("scripts/pipeline").toString());
    command.addAll(List.of(arguments));
    return command;
  }

  private static Ended run(List<String> command, BooleanSupplier due, Consumer<Process> action) {
    return run(command, due, action, Map.of());
  }

  private static Ended run(
      List<String> command,
      BooleanSupplier due,
      Consumer<Process> action,
      Map<String, String> environment) {
    try {
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().put("PIPELINE_SKIP_BUILD", "1");
      builder.environment().remove("CI");
      builder.environment().putAll(environment);
      Process process = builder.start();
      Thread actor = new Thread(() -> actWhen(due, process, action));
      actor.start();
      List<String> lines = new ArrayList<>();
      try (BufferedReader output = process.inputReader()) {
        output.lines().forEach(lines::add);
      }
      int status = process.waitFor();
      actor.join();
      return new Ended(status, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static void actWhen(BooleanSupplier due, Process process, Consumer<Process> action) {
    while (process.isAlive()) {
      if (due.getAsBoolean()) {
        action.accept(process);
        return;
      }
      LockSupport.parkNanos(POLL.toNanos());
    }
  }
}
