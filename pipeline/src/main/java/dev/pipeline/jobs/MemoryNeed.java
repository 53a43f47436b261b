package dev.pipeline.jobs;

import dev.pipeline.config.DataSize;
import dev.pipeline.config.ModelConfig;
import dev.pipeline.io.Failure;
import dev.pipeline.model.MemoryEstimate;
import dev.pipeline.torch.MemoryLimit;
import dev.pipeline.torch.Torch;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** What a training run takes beside what it may take and what there is. */
final class MemoryNeed {
  private static final double GIGA = 1e9;

  /**
   * A process that takes more than this of a machine is soon killed by the kernel, without a word.
   */
  private static final double MOST_OF_MACHINE = 0.95;

  private MemoryNeed() {}

  /**
   * Refuses a run that is estimated above its limit, or else above what there is.
   *
   * @param trainings what is trained, one after the other
   * @param available bytes of the machine, or of the smallest GPU; empty when nobody knows
   */
  static String require(ModelConfig model, List<MemoryAdvice> trainings, OptionalLong available) {
    return trainings.stream()
        .map(training -> require(model, training, available))
        .collect(Collectors.joining(", "));
  }

  private static String require(ModelConfig model, MemoryAdvice training, OptionalLong available) {
    MemoryEstimate estimate = training.estimate();
    long needed = estimate.total();
    String needs = training.job() + gigabytes(" takes about %.2f GB", needed);
    String parts = needs + " (" + MemoryAdvice.parts(estimate) + ")";
    Optional<DataSize> limit = model.memoryLimit();
    if (limit.isPresent() && needed > limit.get().bytes()) {
      throw Failure.usage(
          parts + gigabytes("; memory_limit is %.2f GB", limit.get().bytes()),
          training.within(limit.get().bytes()));
    }
    if (available.isPresent() && needed > available.getAsLong()) {
      String there = model.device().startsWith("cuda") ? "the GPU" : "this machine";
      throw Failure.infrastructure(
          parts + "; " + there + gigabytes(" has %.2f GB", available.getAsLong()),
          training.within(available.getAsLong()),
          null);
    }
    return needs;
  }

  /** The limit that a run is held to while it trains. */
  static MemoryLimit limit(ModelConfig model, MemoryLimit.Advice advice) {
    Optional<DataSize> configured = model.memoryLimit();
    if (configured.isEmpty() && computesOnGpu(model.device())) {
      return MemoryLimit.none(advice);
    }
    long bytes =
        configured.map(DataSize::bytes).orElse((long) (MOST_OF_MACHINE * Machine.memory()));
    return MemoryLimit.of(
        configured.isPresent() ? "memory_limit" : "95 % of this machine's memory", bytes, advice);
  }

  private static boolean computesOnGpu(String device) {
    return device.startsWith("cuda") || (device.equals("auto") && Torch.facts().gpus() > 0);
  }

  private static String gigabytes(String format, long bytes) {
    return String.format(Locale.ROOT, format, bytes / GIGA);
  }
}
