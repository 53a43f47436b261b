package dev.pipeline.torch;

import java.time.Duration;

/** How fast this machine multiplies matrices, in the type that training computes in. */
public final class MatmulSpeed {
  private static final String PROGRAM =
      """
        def random(self, size: int, dtype: int, like: Tensor) -> Tensor:
          return torch.randn([size, size], dtype=dtype, device=like.device)
        def product(self, a: Tensor, b: Tensor) -> Tensor:
          return torch.sum(torch.matmul(a, b)).to(6)
      """;

  /** Large enough that starting a product costs nothing beside it, on either kind of device. */
  private static final int CPU_SIZE = 1024;

  private static final int GPU_SIZE = 8192;

  private MatmulSpeed() {}

  /**
   * The fastest product within {@code duration}, in floating-point operations a second: the one
   * that other work on the machine held up least.
   */
  public static double measure(Torch torch, Duration duration) {
    long size = torch.cuda() ? GPU_SIZE : CPU_SIZE;
    try (Program program = torch.compile(PROGRAM);
        Scope scope = torch.root().inner()) {
      Tensor like = scope.full(0f);
      long type = torch.computeType().code();
      Tensor a = scope.call(program, "random", size, type, like);
      Tensor b = scope.call(program, "random", size, type, like);
      seconds(scope, program, a, b);
      double fastest = Double.MAX_VALUE;
      long end = System.nanoTime() + duration.toNanos();
      do {
        fastest = Math.min(fastest, seconds(scope, program, a, b));
      } while (System.nanoTime() < end);
      return 2.0 * size * size * size / fastest;
    }
  }

  private static double seconds(Scope scope, Program program, Tensor a, Tensor b) {
    long started = System.nanoTime();
    try (Tensor sum = scope.call(program, "product", a, b)) {
      // A GPU computes behind our back until somebody reads.
      sum.item();
    }
    return (System.nanoTime() - started) / 1e9;
  }
}
