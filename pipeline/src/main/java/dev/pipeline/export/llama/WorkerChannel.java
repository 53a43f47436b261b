package dev.pipeline.export.llama;

import dev.pipeline.io.Children;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleConsumer;

/** The parent's end of the pipes to a child JVM. */
final class WorkerChannel implements AutoCloseable {
  private static final String END = "";

  /** How the status of a process tells of SIGKILL and SIGTERM. */
  private static final Set<String> KILLED = Set.of("status 137", "status 143");

  private final Process process;
  private final WorkerLog log;
  private final BufferedWriter requests;
  private final BlockingQueue<String> replies = new LinkedBlockingQueue<>();
  private final Duration patience;

  private WorkerChannel(Process process, WorkerLog log, Duration patience) {
    this.process = process;
    this.log = log;
    this.requests = process.outputWriter(StandardCharsets.UTF_8);
    this.patience = patience;
  }

  static WorkerChannel start(Duration patience, Optional<Path> own) {
    WorkerLog log = WorkerLog.create();
    try {
      ProcessBuilder builder =
          Children.withoutSecrets(
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:+UseSerialGC",
                  "-XX:-CreateCoredumpOnCrash",
                  "-XX:ErrorFile=" + log.crashFile(),
                  "-cp",
                  System.getProperty("java.class.path"),
                  LlamaWorker.class.getName(),
                  own.map(library -> library.toAbsolutePath().toString()).orElse("")));
      // Threads that spin while they wait would take the cores from everyone else.
      builder.environment().putIfAbsent("OMP_WAIT_POLICY", "PASSIVE");
      builder.redirectError(log.file().toFile());
      WorkerChannel channel = new WorkerChannel(builder.start(), log, patience);
      channel.followReplies();
      return channel;
    } catch (IOException e) {
      log.delete();
      throw Failure.infrastructure(
          "cannot start a second JVM for llama.cpp: " + e.getMessage(),
          "check the limit on processes and the free memory",
          e);
    }
  }

  /** Sends {@code request} and waits for its result. */
  <T> T call(Request request, Class<T> type) {
    return call(request, type, share -> {});
  }

  /** Sends {@code request} and waits for its result, telling the share done meanwhile. */
  synchronized <T> T call(Request request, Class<T> type, DoubleConsumer progress) {
    try {
      requests.write(Json.line(request));
      requests.newLine();
      requests.flush();
    } catch (IOException e) {
      throw died();
    }
    while (true) {
      Reply reply = Json.parse(nextLine(), Reply.class, "the reply of the llama.cpp process");
      if (reply.progress() != null) {
        progress.accept(reply.progress());
      } else if (reply.result() != null) {
        return Json.mapper().treeToValue(reply.result(), type);
      } else if (reply.problem() != null) {
        throw reply.problem().toFailure(log.lastErrors());
      }
    }
  }

  long processId() {
    return process.pid();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    log.delete();
  }

  private String nextLine() {
    try {
      String line = replies.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
      if (line == null) {
        process.destroyForcibly();
        throw Failure.infrastructure(
            "the llama.cpp process said nothing for " + patience.toSeconds() + " s and was ended",
            "run the same command again, with fewer threads or more memory to spare",
            null);
      }
      if (line.equals(END)) {
        throw died();
      }
      return line;
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw Failure.interrupted(
          "asked to stop while llama.cpp was working", "run the same command to continue");
    }
  }

  private Failure died() {
    replies.add(END);
    String status = "an unknown status";
    try {
      status = process.waitFor(5, TimeUnit.SECONDS) ? "status " + process.exitValue() : "no status";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    boolean killed = KILLED.contains(status);
    return Failure.infrastructure(
        (killed
                ? "the llama.cpp process was killed from outside, with " + status
                : "the llama.cpp process died with " + status)
            + log.lastLines(),
        killed
            ? "run the same command again; where nobody killed it, the system did for want of"
                + " memory: free some"
            : "check the GGUF and the free memory, then run the same command again",
        null);
  }

  private void followReplies() {
    Thread reader =
        new Thread(
            () -> {
              try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
                lines.lines().forEach(replies::add);
              } catch (IOException | UncheckedIOException ignored) {
                // A broken pipe is the end, too.
              }
              replies.add(END);
            },
            "llama-replies");
    reader.setDaemon(true);
    reader.start();
  }
}
