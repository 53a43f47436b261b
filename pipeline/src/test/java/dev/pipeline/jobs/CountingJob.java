package dev.pipeline.jobs;

import dev.pipeline.config.PipelineConfig;
import dev.pipeline.io.Progress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.springframework.batch.core.step.Step;

/** A job that writes the numbers up to a hundred, ten a chunk, and lets a test interfere. */
final class CountingJob implements PipelineJob {
  static final int ITEMS = 100;
  static final String FILE = "numbers.jsonl";

  private final IntConsumer interference;

  CountingJob(IntConsumer interference) {
    this.interference = interference;
  }

  @Override
  public String name() {
    return "count";
  }

  @Override
  public List<String> needs() {
    return List.of();
  }

  @Override
  public List<Record> settings(PipelineConfig config) {
    return List.of(config.sft());
  }

  @Override
  public Map<String, Path> reads(PipelineConfig config) {
    return Map.of();
  }

  @Override
  public List<Step> steps(JobSteps steps, RunContext run) {
    List<Integer> items = IntStream.rangeClosed(1, ITEMS).boxed().toList();
    return List.of(
        steps.chunks(
            "numbers",
            10,
            new CountingReader<>(items::iterator, ITEMS, "numbers", Progress.SILENT),
            this::line,
            new LinesWriter(run.folder(), FILE)));
  }

  @Override
  public Outcome outcome(RunContext run) {
    return new Outcome("numbers", Map.of("numbers", run.folder().resolve(FILE)));
  }

  private List<Line> line(int item) {
    interference.accept(item);
    return List.of(new Line(FILE, item));
  }
}
