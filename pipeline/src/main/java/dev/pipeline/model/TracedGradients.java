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

  @Override
  public Tensor weighted(Scope scope, Tensor x, Tensor targets, int trained, TokenWeights weights) {
    if (adapter == null) {
      throw new IllegalStateException("only an adapter can be trained by weighted tokens");
    }
    Tensor last = x.detach().trainable();
    float[] losses = new float[trained];
    int chunk = decoder.lossChunk();
    for (int first = 0; first < trained; first += chunk) {
      try (Scope inner = scope.inner()) {
        Tensor some = decoder.tokenLosses(inner, last, targets, first, chunk);
        // A token's loss depends on its own row alone, so that the sum's gradient is each one's.
        some.backward(inner.full(1f, some.shape()));
        float[] values = some.detach().toFloats();
        System.arraycopy(values, 0, losses, first, values.length);
      }
    }
    return decoder.weigh(scope, last.gradient(scope), targets, weights.of(losses));
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
