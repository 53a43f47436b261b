package dev.pipeline.jobs;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.pipeline.config.BatchConfig;
import dev.pipeline.config.DeviceRegistry;
import dev.pipeline.config.PipelineConfig;
import dev.pipeline.model.MemoryEstimate;
import dev.pipeline.train.Workload;
import org.jspecify.annotations.Nullable;

/**
 * What training takes on a given device; time is that of {@code sft}.
 *
 * @param training memory by part there, and work a token of the rows' mean length
 * @param meanTokens tokens of a row
 * @param utilisation share of the device's speed that is taken to be reached
 * @param basis of what, and where that share comes from
 * @param deviceMemory bytes the device has, or null when unknown
 * @param fits whether training fits into them, or null when unknown
 * @param dpo memory of preference optimisation by part there
 * @param dpoFits whether that fits, or null when unknown
 * @param tokensPerSecond tokens of rows, padding not counted
 * @param secondsPerStep an optimiser step
 * @param run all of it, or null when neither rows nor a dataset are known
 */
public record DeviceEstimate(
    String device,
    MemoryEstimate training,
    @JsonProperty("mean_tokens") int meanTokens,
    double utilisation,
    String basis,
    @JsonProperty("device_memory") @Nullable Long deviceMemory,
    @Nullable Boolean fits,
    MemoryEstimate dpo,
    @JsonProperty("dpo_fits") @Nullable Boolean dpoFits,
    @JsonProperty("tokens_per_second") double tokensPerSecond,
    @JsonProperty("seconds_per_step") double secondsPerStep,
    @Nullable Run run) {
  /** A held-out row is only computed forward: a half of the work, or a third with recomputing. */
  private static final double FORWARD = 1 / 2.0;

  private static final double FORWARD_OF_RECOMPUTED = 1 / 3.0;

  /**
   * A run from its first step to its last, looks at held-out rows included.
   *
   * @param padding positions that are computed beside each token
   */
  public record Run(String rows, int steps, long tokens, double padding, double seconds) {}

  /**
   * Estimates {@code sft}, and the memory of {@code dpo}.
   *
   * @param device a name in {@code registry}, or {@code this}
   * @param given rows an epoch and their tokens as far as they are told
   */
  public static DeviceEstimate of(
      PipelineConfig config, String device, DeviceRegistry registry, TrainingRows.Given given) {
    TrainingRows rows = TrainingRows.of(config, given);
    Workload work = rows.workload();
    Device place = Device.named(device, registry, config);
    BatchConfig batch = config.sft().batch();
    MemoryEstimate memory = Estimates.of(config, place.gpu(), batch.sequenceLen());
    MemoryEstimate dpo = Estimates.dpo(config, place.gpu());
    double flops = Estimates.of(config, place.gpu(), rows.meanTokens()).flopsPerToken();
    double positionsPerSecond = place.flopsPerSecond() * place.utilisation() / flops;
    double training = work.positions() / positionsPerSecond;
    double forward = batch.gradientCheckpointing() ? FORWARD_OF_RECOMPUTED : FORWARD;
    double looking = forward * work.evaluated() / positionsPerSecond;
    return new DeviceEstimate(
        device,
        new MemoryEstimate(memory.parameters(), memory.trainable(), memory.bytes(), flops),
        rows.meanTokens(),
        place.utilisation(),
        place.basis(),
        place.memory().isPresent() ? place.memory().getAsLong() : null,
        fits(memory, place),
        dpo,
        fits(dpo, place),
        work.tokens() / training,
        training / work.steps(),
        rows.known()
            ? new Run(
                rows.description(),
                work.steps(),
                work.tokens(),
                (double) work.positions() / work.tokens() - 1,
                training + looking)
            : null);
  }

  private static @Nullable Boolean fits(MemoryEstimate memory, Device place) {
    return place.memory().isPresent() ? memory.total() <= place.memory().getAsLong() : null;
  }
}
