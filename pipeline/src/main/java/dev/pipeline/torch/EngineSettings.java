package dev.pipeline.torch;

import java.util.Optional;

/**
 * How the engine is opened.
 *
 * @param device {@code cpu}; {@code cuda} for all GPUs; {@code cuda:1} or {@code cuda:0,2} for
 *     some; {@code auto} for all GPUs or, without any, the CPU
 * @param threads threads of a matrix product; results are reproducible for a given number
 * @param computeType the type of activations and of weights that are not trained; empty for
 *     bfloat16 on a GPU and float32 on a CPU
 * @param limit the memory at which a run stops; see {@link Torch#checkMemory}
 */
public record EngineSettings(
    String device, int threads, Optional<ScalarType> computeType, MemoryLimit limit) {
  /** Without a limit, in the type of the device. */
  public static EngineSettings of(String device, int threads) {
    return new EngineSettings(device, threads, Optional.empty(), MemoryLimit.none());
  }

  /** The same with a limit. */
  public EngineSettings within(MemoryLimit most) {
    return new EngineSettings(device, threads, computeType, most);
  }

  /** The same in {@code type}. */
  public EngineSettings in(ScalarType type) {
    return new EngineSettings(device, threads, Optional.of(type), limit);
  }
}
