package dev.pipeline.jobs;

import dev.pipeline.config.ConfigLoader;
import dev.pipeline.io.Progress;
import dev.pipeline.io.StopSignal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/** Runs of {@link CountingJob} below a folder, and what they told. */
final class Runs implements RunReport {
  final List<String> told = new ArrayList<>();
  final List<Integer> processed = new ArrayList<>();
  final StopSignal stop = new StopSignal();
  private final Path folder;
  private final String database;

  Runs(Path folder) {
    this(folder, "");
  }

  /** With the job store in {@code database}, a JDBC address, or the embedded one if empty. */
  Runs(Path folder, String database) {
    this.folder = folder;
    this.database = database;
  }

  /** Runs the job; {@code interference} sees every item before it is written. */
  Runs run(IntConsumer interference, String... overrides) {
    CountingJob job =
        new CountingJob(
            item -> {
              interference.accept(item);
              processed.add(item);
            });
    new PipelineRun(
            request(folder, database, overrides), List.of(job), Optional.empty(), this, stop)
        .run();
    return this;
  }

  static RunRequest request(Path folder, String database, String... overrides) {
    Path file = folder.resolve("all.yaml");
    String yaml =
        "model:\n  output_dir: %s\ndatabase:\n  url: \"%s\"\n".formatted(folder, database);
    try {
      Files.writeString(file, yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<String> list = List.of(overrides);
    return new RunRequest(
        "sft", false, ConfigLoader.load(file, list, "sft"), file.toString(), list);
  }

  /** Every file of that name below the folder. */
  static List<Path> outputs(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      return files.filter(file -> file.endsWith(CountingJob.FILE)).toList();
    }
  }

  @Override
  public void road(String words) {
    told.add(words);
  }

  @Override
  public Progress started(String job, boolean continued) {
    told.add(continued ? "continued" : "started");
    return Progress.SILENT;
  }

  @Override
  public void finished(RunManifest manifest, Duration duration) {
    told.add("finished");
  }

  @Override
  public void alreadyDone(RunManifest manifest) {
    told.add("already done");
  }

  @Override
  public void note(String subject, String words) {
    told.add(words);
  }

  @Override
  public void nothingToDo() {
    told.add("nothing to do");
  }
}
