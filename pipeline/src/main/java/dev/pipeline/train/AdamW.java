package dev.pipeline.train;

import dev.pipeline.torch.Program;
import dev.pipeline.torch.Scope;
import dev.pipeline.torch.Tensor;
import dev.pipeline.torch.TensorList;
import dev.pipeline.torch.Torch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * AdamW with decoupled weight decay (Loshchilov and Hutter 2019, algorithm 2) and clipping by the
 * global gradient norm, by PyTorch's own fused kernel. Its state can be taken out and put back bit
 * for bit.
 */
final class AdamW implements AutoCloseable {
  private static final String FIRST = "exp_avg.";
  private static final String SECOND = "exp_avg_sq.";

  private final Torch torch;
  private final Scope scope;
  private final Program program;
  private final AdamWSettings settings;
  private final Map<String, Tensor> parameters;
  private final Map<String, Tensor> state = new LinkedHashMap<>();
  private final TensorList weights;
  private final TensorList first;
  private final TensorList second;
  private final TensorList steps;

  /**
   * Fresh moments for {@code parameters}, or those of {@code saved} after {@code stepsDone} steps.
   */
  AdamW(
      Torch torch,
      Map<String, Tensor> parameters,
      AdamWSettings settings,
      Map<String, float[]> saved,
      int stepsDone) {
    this.torch = torch;
    this.scope = torch.root().inner();
    this.program = torch.program("optimizer");
    this.settings = settings;
    this.parameters = parameters;
    this.weights = TensorList.of(List.copyOf(parameters.values()));
    this.first = moments(FIRST, saved);
    this.second = moments(SECOND, saved);
    List<Tensor> counters = new ArrayList<>();
    parameters.keySet().forEach(name -> counters.add(scope.full(stepsDone)));
    this.steps = TensorList.of(counters);
  }

  private TensorList moments(String prefix, Map<String, float[]> saved) {
    List<Tensor> tensors = new ArrayList<>();
    parameters.forEach(
        (name, parameter) -> {
          float[] values = saved.get(prefix + name);
          Tensor moment =
              values == null
                  ? scope.full(0f, parameter.shape())
                  : scope.floats(values, parameter.shape());
          state.put(prefix + name, moment);
          tensors.add(moment);
        });
    return TensorList.of(tensors);
  }

  /**
   * Applies the accumulated gradients, clears them, and returns their global norm before clipping.
   */
  double step(double learningRate) {
    try (Scope step = scope.inner();
        TensorList gradients =
            TensorList.of(
                parameters.values().stream().map(tensor -> tensor.gradient(step)).toList())) {
      Tensor norm =
          torch.withoutGradient(
              () ->
                  step.call(
                      program,
                      "adamw",
                      weights,
                      gradients,
                      first,
                      second,
                      steps,
                      learningRate,
                      settings.beta1(),
                      settings.beta2(),
                      settings.epsilon(),
                      settings.weightDecay(),
                      settings.maxGradNorm()));
      double value = norm.item();
      parameters.values().forEach(Tensor::clearGradient);
      return value;
    }
  }

  /** The global norm of the parameters; not finite when one of them is not. */
  double weightNorm() {
    try (Scope look = scope.inner()) {
      return torch.withoutGradient(() -> look.call(program, "norm", weights)).item();
    }
  }

  /** Both moments of every parameter, by name. */
  Map<String, Tensor> state() {
    return state;
  }

  @Override
  public void close() {
    weights.close();
    first.close();
    second.close();
    steps.close();
    program.close();
    scope.close();
  }
}
