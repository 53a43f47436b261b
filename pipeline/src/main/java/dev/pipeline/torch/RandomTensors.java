package dev.pipeline.torch;

/** Random tensors from the engine's generator; call {@link Torch#seed} first. */
public final class RandomTensors implements AutoCloseable {
  private final Torch torch;
  private final Program memory;

  /** A source of random tensors for {@code torch}. */
  public RandomTensors(Torch torch) {
    this.torch = torch;
    this.memory = torch.program("memory");
  }

  /** Uniform in {@code [-bound, bound)}, float32. */
  public Tensor uniform(Scope scope, double bound, long... shape) {
    return torch.withoutGradient(() -> scope.call(memory, "uniform", scope.full(0f, shape), bound));
  }

  /** Normal with mean 0, float32. */
  public Tensor normal(Scope scope, double standardDeviation, long... shape) {
    return torch.withoutGradient(
        () -> scope.call(memory, "normal", scope.full(0f, shape), standardDeviation));
  }

  @Override
  public void close() {
    memory.close();
  }
}
