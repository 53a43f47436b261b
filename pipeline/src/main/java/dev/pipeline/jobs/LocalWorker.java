package dev.pipeline.jobs;

import dev.pipeline.config.DatabaseConfig;
import dev.pipeline.io.Failure;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/**
 * The process of a worker that a run started; it ends with the run, however that ends. Its database
 * stands in the environment, as its user and password do.
 */
final class LocalWorker {
  private LocalWorker() {}

  /** Works until the parent is gone; {@code arguments} are the jobs folder and the log. */
  public static void main(String[] arguments) {
    System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
    System.setProperty("pipeline.log", arguments[1]);
    Path jobsFolder = Path.of(arguments[0]);
    BooleanSupplier orphaned =
        ProcessHandle.current()
            .parent()
            .<BooleanSupplier>map(parent -> () -> !parent.isAlive())
            .orElse(() -> true);
    try {
      new Worker(DatabaseConfig.DEFAULTS, jobsFolder, System.out::println, orphaned).run();
    } catch (Failure failure) {
      System.out.println("error: " + failure.reason());
      System.out.println("fix: " + failure.fix());
      System.exit(failure.exitCode().status());
    }
  }
}
