package dev.pipeline.torch;

import ai.djl.ndarray.BaseNDManager;
import ai.djl.ndarray.NDArray;
import java.lang.reflect.Field;
import java.util.Map;

/** Counts the tensors that some scope still keeps alive. */
public final class LiveTensors {
  private LiveTensors() {}

  /** Tensors of {@code torch}'s root scope and of all scopes within it. */
  public static long of(Torch torch) {
    return in(torch.root().manager());
  }

  private static long in(BaseNDManager manager) {
    try {
      Field field = BaseNDManager.class.getDeclaredField("resources");
      field.setAccessible(true);
      return ((Map<?, ?>) field.get(manager))
          .values().stream()
              .mapToLong(
                  resource ->
                      resource instanceof BaseNDManager inner
                          ? in(inner)
                          : resource instanceof NDArray ? 1 : 0)
              .sum();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("another DJL keeps its tensors elsewhere", e);
    }
  }
}
