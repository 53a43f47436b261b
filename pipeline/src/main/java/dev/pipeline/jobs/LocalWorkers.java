package dev.pipeline.jobs;

import dev.pipeline.config.PipelineConfig;
import dev.pipeline.io.Failure;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The workers that a run starts for itself, and takes with it. */
final class LocalWorkers implements AutoCloseable {
  /** What a worker gets to end by itself. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final List<Process> processes = new ArrayList<>();

  private LocalWorkers() {}

  /** Starts as many as {@code config} says, beside the run of {@code run}. */
  static LocalWorkers start(RunContext run) {
    LocalWorkers workers = new LocalWorkers();
    try {
      for (int number = 1; number <= run.config().workers().count(); number++) {
        workers.processes.add(start(run.config(), run.workspace().jobs(), number));
      }
      return workers;
    } catch (IOException e) {
      workers.close();
      throw Failure.infrastructure(
          "cannot start a worker: " + e.getMessage(),
          "check the limit on processes and the free memory, or give fewer --workers",
          e);
    }
  }

  private static Process start(PipelineConfig config, Path jobs, int number) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        // Heap, encoding and collector as here; agents and debuggers of this process are its own.
        .filter(option -> !option.startsWith("-agent") && !option.startsWith("-javaagent"))
        .forEach(command::add);
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            LocalWorker.class.getName(),
            jobs.toString(),
            jobs.resolve("worker-" + number + ".log").toString()));
    ProcessBuilder builder = new ProcessBuilder(command);
    StoreLocation store = StoreLocation.of(config.database(), jobs, System.getenv());
    builder.environment().put(StoreLocation.URL, store.url());
    builder.redirectErrorStream(true);
    builder.redirectOutput(jobs.resolve("worker-" + number + ".out").toFile());
    return builder.start();
  }

  /** Whether any was started. */
  boolean any() {
    return !processes.isEmpty();
  }

  /** Whether all that were started are gone. */
  boolean allGone() {
    return any() && processes.stream().noneMatch(Process::isAlive);
  }

  @Override
  public void close() {
    processes.forEach(Process::destroy);
    for (Process process : processes) {
      try {
        // One that hangs, or was stopped, hears no request to end.
        if (!process.waitFor(GRACE.toSeconds(), TimeUnit.SECONDS)) {
          process.destroyForcibly().waitFor();
        }
      } catch (InterruptedException e) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
  }
}
