package dev.pipeline.train;

import dev.pipeline.model.Attention;
import dev.pipeline.model.Decoder;
import dev.pipeline.model.LayerGradients;
import dev.pipeline.model.LayerGradients.Kept;
import dev.pipeline.model.LayerGradients.LossAndGradient;
import dev.pipeline.model.LayerGradients.TokenWeights;
import dev.pipeline.model.LoraAdapter;
import dev.pipeline.torch.Scope;
import dev.pipeline.torch.Tensor;
import dev.pipeline.torch.Torch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;

/** Forward and backward over a decoder: adds a batch's gradients to the trainable tensors. */
final class GradientPass {
  private final Torch torch;
  private final Decoder decoder;
  private final @Nullable LoraAdapter adapter;
  private final LayerGradients gradients;
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
    this.gradients = LayerGradients.of(torch, decoder, adapter);
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
    return accumulate(
        batch,
        seed,
        (step, x, targets) -> gradients.loss(step, x, targets, total, batch.trainedTokens()));
  }

  /** Adds the gradients of a loss that decides what each token of {@code batch} counts. */
  void accumulateWeighted(Batch batch, long seed, TokenWeights weights) {
    accumulate(
        batch,
        seed,
        (step, x, targets) ->
            new LossAndGradient(
                0, gradients.weighted(step, x, targets, batch.trainedTokens(), weights)));
  }

  /** What becomes of the last layer's output {@code [B, T, H]}. */
  private interface End<T> {
    T of(Scope step, Tensor output, Tensor targets);
  }

  private double accumulate(Batch batch, long seed, End<LossAndGradient> loss) {
    try (Scope step = torch.root().inner()) {
      Tensor ids = step.longs(batch.ids(), batch.rows(), batch.length());
      Tensor targets = step.longs(batch.targets(), batch.rows(), batch.length());
      Context context = new Context(step, attention(step, batch), seed);
      Tensor embedded = torch.withoutGradient(() -> embed(step, ids, batch, seed));
      Forward forward = forward(context, embedded);
      LossAndGradient end = loss.of(step, forward.output(), targets);
      Tensor upstream = backward(context, forward, end.gradient());
      if (adapter == null) {
        decoder.embed(step, ids).backward(upstream);
      }
      return end.loss();
    }
  }

  /** The summed loss of {@code batch} without gradients or dropout. */
  double evaluate(Batch batch) {
    return look(
        batch,
        adapter,
        (step, x, targets) -> {
          double loss = 0;
          int chunk = decoder.lossChunk();
          for (int first = 0; first < batch.trainedTokens(); first += chunk) {
            loss += decoder.loss(step, x, targets, 1.0, first, chunk).item();
          }
          return loss;
        });
  }

  /** The {@code -log p} of each trained token, in reading order, without gradients or dropout. */
  float[] tokenLosses(Batch batch) {
    return tokenLosses(batch, adapter);
  }

  /** The same of another adapter on this base. */
  float[] tokenLosses(Batch batch, @Nullable LoraAdapter other) {
    return look(
        batch,
        other,
        (step, x, targets) -> decoder.tokenLosses(step, x, targets, batch.trainedTokens()));
  }

  private <T> T look(Batch batch, @Nullable LoraAdapter with, End<T> end) {
    return torch.withoutGradient(
        () -> {
          try (Scope step = torch.root().inner()) {
            Attention attention = attention(step, batch);
            Tensor x = decoder.embed(step, step.longs(batch.ids(), batch.rows(), batch.length()));
            for (int layer = 0; layer < decoder.layerCount(); layer++) {
              Tensor y = decoder.layer(step, layer, x, attention, with, 0);
              x.close();
              x = y;
            }
            return end.of(step, x, step.longs(batch.targets(), batch.rows(), batch.length()));
          }
        });
  }

  private Attention attention(Scope step, Batch batch) {
    return batch.isPacked()
        ? decoder.packedAttention(step, batch.samples())
        : decoder.attention(step, batch.length());
  }

  /** What is the same for all layers of a batch. */
  private record Context(Scope step, Attention attention, long seed) {}

  /**
   * What is there when the way back begins.
   *
   * @param inputs of every layer and, last, the output of the last: {@code [B, T, H]} each
   * @param kept what those layers keep that are not computed again, in their order
   */
  private record Forward(List<Tensor> inputs, List<Kept> kept) {
    Tensor output() {
      return inputs.get(inputs.size() - 1);
    }

    Kept pop() {
      return kept.remove(kept.size() - 1);
    }
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

  private Forward forward(Context context, Tensor embedded) {
    List<Tensor> inputs = new ArrayList<>(List.of(embedded));
    List<Kept> kept = new ArrayList<>();
    for (int layer = 0; layer < decoder.layerCount(); layer++) {
      Tensor x = inputs.get(layer);
      if (recomputed(layer)) {
        inputs.add(output(context, layer, x));
      } else {
        kept.add(kept(context, layer, x));
        inputs.add(kept.get(kept.size() - 1).output());
      }
    }
    return new Forward(inputs, kept);
  }

  /**
   * From the gradient {@code [B, T, H]} of the last layer's output back to the first layer, a layer
   * at a time, so that each is freed as soon as it is done. Returns the last gradient there is.
   */
  private Tensor backward(Context context, Forward forward, Tensor gradient) {
    Tensor upstream = gradient;
    for (int layer = decoder.layerCount() - 1; layer >= 0; layer--) {
      try (Kept kept = recomputed(layer) ? again(context, forward, layer) : forward.pop()) {
        Tensor input = kept.backward(context.step(), upstream);
        if (input != null) {
          upstream.close();
          upstream = input;
        }
      }
    }
    return upstream;
  }

  /** The last layer is gone back through at once, so that keeping it costs nothing. */
  private boolean recomputed(int layer) {
    return checkpointing && layer < decoder.layerCount() - 1;
  }

  private Tensor output(Context context, int layer, Tensor x) {
    return dropping(
        context,
        layer,
        dropout ->
            torch.withoutGradient(
                () ->
                    decoder.layer(
                        context.step(), layer, x, context.attention(), adapter, dropout)));
  }

  private Kept kept(Context context, int layer, Tensor x) {
    return dropping(
        context,
        layer,
        dropout -> gradients.forward(context.step(), layer, x, context.attention(), dropout));
  }

  private Kept again(Context context, Forward forward, int layer) {
    // Only the layer above needed it.
    forward.inputs().get(layer + 1).close();
    Tensor x = forward.inputs().get(layer);
    return dropping(
        context,
        layer,
        dropout -> gradients.again(context.step(), layer, x, context.attention(), dropout));
  }

  /** Does {@code work} with the adapter's dropout, the generator seeded for it. */
  private <T> T dropping(Context context, int layer, DoubleFunction<T> work) {
    double dropout = adapter == null ? 0 : adapter.spec().dropout();
    // A seed a layer, so that computing a layer again drops the same inputs.
    return dropout == 0
        ? work.apply(0)
        : torch.seeded(Seeds.mix(context.seed(), layer), () -> work.apply(dropout));
  }
}
