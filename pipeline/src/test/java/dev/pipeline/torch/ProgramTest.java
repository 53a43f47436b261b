package dev.pipeline.torch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("recipe")
class ProgramTest {
  @Test
  void gradientsFlowThroughTorchScriptIntoLeaves() {
    try (Torch torch = Torch.open("cpu", 1);
        Program program =
            torch.compile(
                "  def f(self, x: Tensor, w: Tensor) -> Tensor:\n    return torch.sum(torch.linear(x, w))\n");
        Scope scope = torch.root().inner()) {
      Tensor weight = scope.floats(new float[] {1, 2, 3, 4}, 2, 2).trainable();
      Tensor x = scope.floats(new float[] {5, 7}, 1, 2);
      scope.call(program, "f", x, weight).backward(scope.full(1f));
      scope.call(program, "f", x, weight).backward(scope.full(1f));
      assertThat(weight.gradient(scope).toFloats()).containsExactly(10, 14, 10, 14);
    }
  }

  @Test
  void everyShippedProgramCompiles() {
    try (Torch torch = Torch.open("cpu", 1)) {
      for (String name : new String[] {"decoder", "optimizer", "memory"}) {
        torch.program(name).close();
      }
    }
  }
}
