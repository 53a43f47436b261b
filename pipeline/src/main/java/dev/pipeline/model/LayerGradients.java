package dev.pipeline.model;

import dev.pipeline.torch.Scope;
import dev.pipeline.torch.Tensor;
import dev.pipeline.torch.Torch;
import org.jspecify.annotations.Nullable;

/**
 * A decoder forward and backward, a layer at a time. Gradients are added to those of the trainable
 * tensors: the adapter's, or without one all weights'.
 *
 * <p>Shapes: B sequences of T tokens, H the hidden width.
 */
public interface LayerGradients {
  /**
   * By hand where that is possible, which takes half the memory of autograd and less time; by
   * autograd otherwise: all weights trained, DoRA, or a layer that is not one of Llama's kind.
   */
  static LayerGradients of(Torch torch, Decoder decoder, @Nullable LoraAdapter adapter) {
    return adapter != null && DirectGradients.possible(decoder.architecture(), adapter.spec())
        ? new DirectGradients(torch, decoder, adapter)
        : new TracedGradients(decoder, adapter);
  }

  /**
   * Computes a layer and keeps what the way back needs.
   *
   * @param x {@code [B, T, H]}; it must stay open until the way back is done
   * @param dropout probability on the adapter's inputs
   */
  Kept forward(Scope scope, int layer, Tensor x, Attention attention, double dropout);

  /**
   * Computes again what the way back needs of a layer whose output is known already; {@link
   * Kept#output()} is then not to be used.
   */
  Kept again(Scope scope, int layer, Tensor x, Attention attention, double dropout);

  /**
   * Cross-entropy as in {@link Decoder#loss}, over all trained targets, chunk by chunk, so that the
   * logits of a long batch are never all there at once.
   *
   * @param x output of the last layer {@code [B, T, H]}
   * @param trained number of targets that are not -100
   */
  LossAndGradient loss(Scope scope, Tensor x, Tensor targets, double total, int trained);

  /**
   * The gradient {@code [B, T, H]} of another loss, one that gives each token a weight once it
   * knows the log-probs of all: no logits are kept, and none is computed twice. Under an adapter
   * alone, since the head's own gradient would need the weights beforehand.
   *
   * @param weights asked once
   */
  Tensor weighted(Scope scope, Tensor x, Tensor targets, int trained, TokenWeights weights);

  /** What each token of a batch counts in its loss. */
  @FunctionalInterface
  interface TokenWeights {
    /**
     * The derivatives of a loss.
     *
     * @param losses {@code -log p} of each trained target in nats, in reading order
     * @return the derivative of the loss with respect to each of them
     */
    float[] of(float[] losses);
  }

  /** Loss, and its gradient {@code [B, T, H]} with respect to the last layer's output. */
  record LossAndGradient(double loss, Tensor gradient) {}

  /** A layer on the way back. */
  interface Kept extends AutoCloseable {
    /** {@code [B, T, H]}, outside of any gradient graph. */
    Tensor output();

    /**
     * Adds the gradients of what is trained in this layer.
     *
     * @param upstream gradient of the output, {@code [B, T, H]}
     * @return gradient of the input, {@code [B, T, H]}, living in {@code scope}; null for the first
     *     layer under an adapter, because nothing below it is trained
     */
    @Nullable Tensor backward(Scope scope, Tensor upstream);

    /** Frees what was kept, the output too. */
    @Override
    void close();
  }
}
