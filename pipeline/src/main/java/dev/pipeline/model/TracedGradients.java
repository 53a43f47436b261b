package dev.pipeline.model;

import dev.pipeline.torch.Scope;
import dev.pipeline.torch.Tensor;
import org.jspecify.annotations.Nullable;

/** Gradients by PyTorch's autograd: of anything that can be computed. */
final class TracedGradients implements LayerGradients {
  private final Decoder decoder;
  private final @Nullable LoraAdapter adapter;

  TracedGradients(Decoder decoder, @Nullable LoraAdapter adapter) {
    this.decoder = decoder;
    this.adapter = adapter;
  }

  @Override
  public Kept forward(Scope scope, int layer, Tensor x, Attention attention, double dropout) {
    Scope inner = scope.inner();
    Tensor input = lowest(layer) ? x.detach() : x.detach().trainable();
    Tensor traced = decoder.layer(inner, layer, input, attention, adapter, dropout);
    return new Traced(inner, layer, input, traced, traced.detach());
  }

  @Override
  public Kept again(Scope scope, int layer, Tensor x, Attention attention, double dropout) {
    return forward(scope, layer, x, attention, dropout);
  }

  private boolean lowest(int layer) {
    return layer == 0 && adapter != null;
  }

  @Override
  public LossAndGradient loss(Scope scope, Tensor x, Tensor targets, double total, int trained) {
    Tensor last = x.detach().trainable();
    double sum = 0;
    int chunk = decoder.lossChunk();
    for (int first = 0; first < trained; first += chunk) {
      try (Scope inner = scope.inner()) {
        Tensor loss = decoder.loss(inner, last, targets, total, first, chunk);
        loss.backward(inner.full(1f));
        sum += loss.detach().item();
      }
    }
    return new LossAndGradient(sum, last.gradient(scope));
  }

  private final class Traced implements Kept {
    private final Scope scope;
    private final int layer;
    private final Tensor input;
    private final Tensor traced;
    private final Tensor output;

    Traced(Scope scope, int layer, Tensor input, Tensor traced, Tensor output) {
      this.scope = scope;
      this.layer = layer;
      this.input = input;
      this.traced = traced;
      this.output = output;
    }

    @Override
    public Tensor output() {
      return output;
    }

    @Override
    public @Nullable Tensor backward(Scope target, Tensor upstream) {
      decoder.open(layer);
      traced.backward(upstream);
      return lowest(layer) ? null : input.gradient(target);
    }

    @Override
    public void close() {
      input.close();
      output.close();
      scope.close();
    }
  }
}
