package dev.pipeline.jobs;

import dev.pipeline.config.PipelineConfig;
import dev.pipeline.model.BasePrecision;
import dev.pipeline.model.MemoryEstimate;
import dev.pipeline.model.MemoryEstimate.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which settings would make a run fit, each with what it would take then. The least costly comes
 * first: a smaller micro-batch changes nothing that is learned, shorter rows lose what they say.
 */
final class MemoryAdvice {
  private static final double GIGA = 1e9;
  private static final int SHORTEST = 16;

  private final String job;
  private final Function<Step, MemoryEstimate> estimate;
  private final Step step;
  private final int sequences;
  private final int accumulation;
  private final long now;

  /**
   * Advice.
   *
   * @param job whose settings the step is made of
   * @param sequences of what micro_batch_size counts: two of a pair
   */
  private MemoryAdvice(
      String job,
      Function<Step, MemoryEstimate> estimate,
      Step step,
      int sequences,
      int accumulation) {
    this.job = job;
    this.estimate = estimate;
    this.step = step;
    this.sequences = sequences;
    this.accumulation = accumulation;
    this.now = total(step);
  }

  /** Advice on the configured {@code sft}. */
  static MemoryAdvice of(PipelineConfig config) {
    return new MemoryAdvice(
        "sft",
        Estimates.bySteps(config),
        Estimates.step(config),
        1,
        config.sft().batch().gradientAccumulationSteps());
  }

  /** Advice on the configured {@code dpo}. */
  static MemoryAdvice dpo(PipelineConfig config) {
    return new MemoryAdvice(
        "dpo",
        Estimates.byPairs(config),
        Estimates.pairs(config),
        2,
        config.dpo().batch().gradientAccumulationSteps());
  }

  /** The job that is advised on. */
  String job() {
    return job;
  }

  /** What it takes as configured. */
  MemoryEstimate estimate() {
    return estimate.apply(step);
  }

  /** Settings in words, and what they come to. */
  private record Change(String settings, Step step) {}

  /**
   * What to change after a run took {@code used} bytes and may take {@code limit}: as much less as
   * it took more than estimated; a quarter less where nobody knows what it took (0).
   */
  String after(long used, long limit) {
    long known = used > 0 ? now - 1 : now - now / 4;
    return within(Math.min(limit - Math.max(0, used - now), known));
  }

  /** What to change so that the estimate is at most {@code limit} bytes. */
  String within(long limit) {
    List<String> fitting = new ArrayList<>();
    for (Function<Step, List<Change>> kind : kinds()) {
      firstFitting(kind.apply(step), limit).map(this::figure).ifPresent(fitting::add);
    }
    return fitting.isEmpty() ? together(limit) : "set " + String.join(", or ", fitting);
  }

  private List<Function<Step, List<Change>>> kinds() {
    return List.of(this::smaller, this::recomputed, this::quantised, this::cut);
  }

  private String together(long limit) {
    List<String> settings = new ArrayList<>();
    Step all = step;
    for (Function<Step, List<Change>> kind : kinds()) {
      List<Change> changes = kind.apply(all);
      if (total(all) > limit && !changes.isEmpty()) {
        Change last = firstFitting(changes, limit).orElse(changes.get(changes.size() - 1));
        settings.add(last.settings());
        all = last.step();
      }
    }
    String words = String.join(", ", settings);
    if (total(all) <= limit) {
      return "set " + figure(new Change(words, all));
    }
    return (words.isEmpty() ? "" : "even " + figure(new Change(words, all)) + " is too much: ")
        + "take a smaller base model, or a machine or limit with more memory";
  }

  private String figure(Change change) {
    return String.format(
        Locale.ROOT, "%s (%.2f GB)", change.settings(), total(change.step()) / GIGA);
  }

  private Optional<Change> firstFitting(List<Change> changes, long limit) {
    return changes.stream().filter(change -> total(change.step()) <= limit).findFirst();
  }

  private long total(Step changed) {
    return estimate.apply(changed).total();
  }

  /** Divisors, so that an optimiser step sees as many rows as before. */
  private List<Change> smaller(Step from) {
    int all = from.rows() / sequences;
    return IntStream.iterate(all - 1, size -> size >= 1, size -> size - 1)
        .filter(size -> all % size == 0)
        .mapToObj(
            size ->
                new Change(
                    "%s.micro_batch_size: %d with %s.gradient_accumulation_steps: %d"
                        .formatted(job, size, job, accumulation * (all / size)),
                    with(size * sequences, from.length(), from.checkpointing(), from.precision())))
        .toList();
  }

  private List<Change> recomputed(Step from) {
    return from.checkpointing()
        ? List.of()
        : List.of(
            new Change(
                job + ".gradient_checkpointing: true",
                with(from.rows(), from.length(), true, from.precision())));
  }

  private List<Change> quantised(Step from) {
    return from.precision() == BasePrecision.NF4
        ? List.of()
        : List.of(
            new Change(
                "sft.load_in_4bit: true",
                with(from.rows(), from.length(), from.checkpointing(), BasePrecision.NF4)));
  }

  private List<Change> cut(Step from) {
    return IntStream.iterate(from.length() / 2, length -> length >= SHORTEST, length -> length / 2)
        .mapToObj(
            length ->
                new Change(
                    job + ".sequence_len: " + length,
                    with(from.rows(), length, from.checkpointing(), from.precision())))
        .toList();
  }

  private Step with(int rows, int length, boolean checkpointing, BasePrecision precision) {
    return new Step(
        rows, length, checkpointing, precision, step.bytesPerWeight(), step.bytesPerActivation());
  }

  /** The parts of an estimate, the largest first. */
  static String parts(MemoryEstimate estimate) {
    return estimate.bytes().entrySet().stream()
        .sorted((a, b) -> Long.compare(b.getValue(), a.getValue()))
        .map(part -> String.format(Locale.ROOT, "%s %.2f", part.getKey(), part.getValue() / GIGA))
        .collect(Collectors.joining("; "));
  }
}
