package dev.pipeline;

import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** A real terminal, in which somebody types and reads. */
final class Tmux implements AutoCloseable {
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(5);

  private final Path socket;

  private Tmux(Path socket) {
    this.socket = socket;
  }

  /** Whether it is installed. */
  static boolean isThere() {
    try {
      return new ProcessBuilder("tmux", "-V").start().waitFor() == 0;
    } catch (IOException absent) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Runs {@code command} of a shell in a terminal whose socket is {@code socket}. */
  static Tmux start(Path socket, String command) {
    Tmux tmux = new Tmux(socket);
    // What is printed last stays on the screen until the terminal is closed.
    tmux.run("-f", "/dev/null", "new-session", "-d", "-x", "160", "-y", "400", command + "; cat");
    return tmux;
  }

  /** Types a line. */
  void type(String line) {
    run("send-keys", "-l", line);
    press("Enter");
  }

  /** Presses a key, such as {@code C-c}. */
  void press(String key) {
    run("send-keys", key);
  }

  /** What stands on the screen, without the empty rest of it. */
  String screen() {
    return run("capture-pane", "-p", "-J").stripTrailing();
  }

  /** Waits until the screen is as {@code wanted}, and returns it. */
  String await(String what, Predicate<String> wanted) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    String screen = screen();
    while (!wanted.test(screen)) {
      if (System.nanoTime() > deadline) {
        fail("no %s on the screen:%n%s", what, screen);
      }
      LockSupport.parkNanos(POLL_NANOS);
      screen = screen();
    }
    return screen;
  }

  @Override
  public void close() {
    run("kill-server");
  }

  private String run(String... arguments) {
    List<String> command = new ArrayList<>(List.of("tmux", "-S", socket.toString()));
    command.addAll(List.of(arguments));
    try {
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().put("LC_ALL", "C.UTF-8");
      Process process = builder.start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException("tmux " + String.join(" ", arguments) + ": " + output);
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
