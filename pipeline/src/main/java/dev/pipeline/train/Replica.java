package dev.pipeline.train;

import dev.pipeline.model.Decoder;
import dev.pipeline.model.LoraAdapter;
import dev.pipeline.torch.Scope;
import dev.pipeline.torch.Tensor;
import dev.pipeline.torch.TensorList;
import dev.pipeline.torch.Torch;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A model on one device, with what is trained of it; owns both. */
final class Replica implements AutoCloseable {
  private final Torch torch;
  private final Decoder decoder;
  private final @Nullable LoraAdapter adapter;
  private final GradientPass pass;
  private final TensorList weights;

  /**
   * A replica.
   *
   * @param adapter what is trained, or null when the decoder's own weights are
   */
  Replica(Torch torch, Decoder decoder, @Nullable LoraAdapter adapter, TrainingSettings settings) {
    this.torch = torch;
    this.decoder = decoder;
    this.adapter = adapter;
    this.pass =
        new GradientPass(torch, decoder, adapter, settings.checkpointing(), settings.noiseAlpha());
    this.weights = TensorList.of(List.copyOf(parameters().values()));
  }

  Torch torch() {
    return torch;
  }

  Decoder decoder() {
    return decoder;
  }

  GradientPass pass() {
    return pass;
  }

  /** What is trained, by name, in an order that all replicas share. */
  Map<String, Tensor> parameters() {
    return adapter == null ? decoder.weights() : adapter.parameters();
  }

  /** What is trained, in that order. */
  TensorList weights() {
    return weights;
  }

  /** The gradients of what is trained, in that order. */
  TensorList gradients(Scope scope) {
    return TensorList.of(weights.tensors().stream().map(weight -> weight.gradient(scope)).toList());
  }

  void clearGradients() {
    weights.tensors().forEach(Tensor::clearGradient);
  }

  @Override
  public void close() {
    weights.close();
    if (adapter != null) {
      adapter.close();
    }
    decoder.close();
  }
}
