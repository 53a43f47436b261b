package dev.pipeline.train;

import dev.pipeline.model.Attention;
import dev.pipeline.model.Decoder;
import dev.pipeline.model.LoraAdapter;
import dev.pipeline.torch.Scope;
import dev.pipeline.torch.Tensor;
import dev.pipeline.torch.Torch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Forward and backward over a decoder: adds a batch's gradients to the trainable tensors. */
final class GradientPass {
  private final Torch torch;
  private final Decoder decoder;
  private final @Nullable LoraAdapter adapter;
  private final boolean checkpointing;
  private final double noiseAlpha;

  /**
   * A pass over {@code decoder}.
   *
   * @param adapter what is trained on top of frozen weights, or null when the weights themselves
   *     are trained
   * @param checkpointing keep only the input of each layer and compute the layer again on the way
   *     back (Chen et al. 2016, "Training Deep Nets with Sublinear Memory Cost"); the same
   *     gradients, less memory, a third more work
   * @param noiseAlpha size of the noise on embeddings, 0 for none (Jain et al. 2023, "NEFTune:
   *     Noisy Embeddings Improve Instruction Finetuning")
   */
  GradientPass(
      Torch torch,
      Decoder decoder,
      @Nullable LoraAdapter adapter,
      boolean checkpointing,
      double noiseAlpha) {
    this.torch = torch;
    this.decoder = decoder;
    this.adapter = adapter;
    this.checkpointing = checkpointing;
    this.noiseAlpha = noiseAlpha;
  }

  /**
   * Adds the gradients of {@code batch} and returns its share of the loss.
   *
   * @param total trained tokens of all batches of this optimiser step, by which each share is
   *     divided
   * @param seed decides what dropout drops, and the noise
   */
  double accumulate(Batch batch, double total, long seed) {
    try (Scope step = torch.root().inner()) {
      Tensor ids = step.longs(batch.ids(), batch.rows(), batch.length());
      Tensor targets = step.longs(batch.targets(), batch.rows(), batch.length());
      Attention attention = attention(step, batch);
      Layers layers = (scope, layer, x) -> layer(scope, layer, x, attention, seed);
      Head head = (x, scope) -> backwardFromLoss(scope, x, targets, batch.trainedTokens(), total);
      Tensor embedded = torch.withoutGradient(() -> embed(step, ids, batch, seed));
      return checkpointing
          ? checkpointed(step, ids, embedded, layers, head)
          : plain(step, ids, embedded, layers, head);
    }
  }

  /** The summed loss of {@code batch} without gradients or dropout. */
  double evaluate(Batch batch) {
    return torch.withoutGradient(
        () -> {
          try (Scope step = torch.root().inner()) {
            Attention attention = attention(step, batch);
            Tensor x = decoder.embed(step, step.longs(batch.ids(), batch.rows(), batch.length()));
            for (int layer = 0; layer < decoder.layerCount(); layer++) {
              Tensor y = decoder.layer(step, layer, x, attention, adapter, 0);
              x.close();
              x = y;
            }
            Tensor targets = step.longs(batch.targets(), batch.rows(), batch.length());
            double loss = 0;
            int chunk = decoder.lossChunk();
            for (int first = 0; first < batch.trainedTokens(); first += chunk) {
              loss += decoder.loss(step, x, targets, 1.0, first, chunk).item();
            }
            return loss;
          }
        });
  }

  private Attention attention(Scope step, Batch batch) {
    return batch.isPacked()
        ? decoder.packedAttention(step, batch.samples())
        : decoder.attention(step, batch.length());
  }

  /** One layer of the decoder as this batch and its seed have it. */
  private interface Layers {
    Tensor of(Scope scope, int layer, Tensor x);
  }

  /** From the output of the last layer to the loss, and the gradient back to that output. */
  private interface Head {
    LossAndGradient of(Tensor x, Scope scope);
  }

  /** Loss, and its gradient {@code [B, T, H]} with respect to the last layer's output. */
  private record LossAndGradient(double loss, Tensor gradient) {}

  /** Chunk by chunk, so that the logits of a long batch are never all there at once. */
  private LossAndGradient backwardFromLoss(
      Scope step, Tensor x, Tensor targets, int trained, double total) {
    Tensor last = x.detach().trainable();
    double sum = 0;
    int chunk = decoder.lossChunk();
    for (int first = 0; first < trained; first += chunk) {
      try (Scope inner = step.inner()) {
        Tensor loss = decoder.loss(inner, last, targets, total, first, chunk);
        loss.backward(inner.full(1f));
        sum += loss.detach().item();
      }
    }
    return new LossAndGradient(sum, last.gradient(step));
  }

  /** Embeddings {@code [B, T, H]}; the longer a row, the smaller its noise. */
  private Tensor embed(Scope step, Tensor ids, Batch batch, long seed) {
    Tensor embedded = decoder.embed(step, ids);
    if (noiseAlpha == 0) {
      return embedded;
    }
    Tensor bounds = step.floats(noise(batch), batch.rows(), batch.length());
    return torch.seeded(Seeds.mix(seed, -1), () -> decoder.noisy(step, embedded, bounds));
  }

  /** The largest noise of each position: alpha / sqrt(L H), where L is the row's own length. */
  private float[] noise(Batch batch) {
    float[] bounds = new float[batch.rows() * batch.length()];
    for (int row = 0; row < batch.rows(); row++) {
      double length = batch.examples().get(row).ids().length - 1.0;
      float bound = (float) (noiseAlpha / Math.sqrt(length * decoder.shape().hidden()));
      Arrays.fill(bounds, row * batch.length(), (row + 1) * batch.length(), bound);
    }
    return bounds;
  }

  /** Keeps what every layer computed for the way back. */
  private double plain(Scope step, Tensor ids, Tensor embedded, Layers layers, Head head) {
    List<Tensor> inputs = new ArrayList<>();
    List<Tensor> outputs = new ArrayList<>();
    inputs.add(leaf(embedded, 0));
    for (int layer = 0; layer < decoder.layerCount(); layer++) {
      outputs.add(layers.of(step, layer, inputs.get(layer)));
      inputs.add(leaf(outputs.get(layer).detach(), layer + 1));
    }
    LossAndGradient end = head.of(inputs.get(decoder.layerCount()), step);
    backward(step, ids, end.gradient(), inputs, outputs::get);
    return end.loss();
  }

  private double checkpointed(Scope step, Tensor ids, Tensor embedded, Layers layers, Head head) {
    List<Tensor> inputs = torch.withoutGradient(() -> forward(step, embedded, layers));
    LossAndGradient end = head.of(inputs.get(decoder.layerCount()), step);
    backward(
        step,
        ids,
        end.gradient(),
        inputs,
        index -> layers.of(step, index, leaf(inputs.get(index), index)));
    return end.loss();
  }

  /**
   * From the gradient {@code [B, T, H]} of the last layer's output back to the first layer, a layer
   * at a time, so that each is freed as soon as it is done.
   */
  private void backward(
      Scope step, Tensor ids, Tensor gradient, List<Tensor> inputs, IntFunction<Tensor> outputs) {
    Tensor upstream = gradient;
    for (int layer = decoder.layerCount() - 1; layer >= 0; layer--) {
      inputs.get(layer + 1).close();
      Tensor output = outputs.apply(layer);
      decoder.open(layer);
      output.backward(upstream);
      output.close();
      upstream.close();
      if (layer > 0 || adapter == null) {
        upstream = inputs.get(layer).gradient(step);
      }
    }
    if (adapter == null) {
      decoder.embed(step, ids).backward(upstream);
    }
  }

  /** Asks for the gradient of a layer's input; below the first layer adapters have none to give. */
  private Tensor leaf(Tensor x, int layer) {
    return layer == 0 && adapter != null ? x : x.trainable();
  }

  /** The input of every layer and, last, the output of the last. */
  private List<Tensor> forward(Scope step, Tensor embedded, Layers layers) {
    List<Tensor> inputs = new ArrayList<>(List.of(embedded));
    for (int layer = 0; layer < decoder.layerCount(); layer++) {
      inputs.add(layers.of(step, layer, inputs.get(layer)));
    }
    return inputs;
  }

  private Tensor layer(Scope step, int layer, Tensor x, Attention attention, long seed) {
    double dropout = adapter == null ? 0 : adapter.spec().dropout();
    if (dropout > 0) {
      // A seed a layer, so that computing a layer again drops the same inputs.
      return torch.seeded(
          Seeds.mix(seed, layer), () -> decoder.layer(step, layer, x, attention, adapter, dropout));
    }
    return decoder.layer(step, layer, x, attention, adapter, dropout);
  }
}
