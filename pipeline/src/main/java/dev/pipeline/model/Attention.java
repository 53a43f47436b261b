package dev.pipeline.model;

import dev.pipeline.torch.Tensor;
import dev.pipeline.torch.TensorList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What attention has to know of a batch beside its activations. It is made once a batch, by {@link
 * Decoder#attention}, {@link Decoder#packedAttention} or {@link GrowingSequences}.
 *
 * @param cosine rotary table, a row a token
 * @param sine likewise
 * @param full what layers without a window may not look at, as {@code window} says it; null when
 *     causal attention is all
 * @param window {@code [L, L]}, L the longest sample: 0 where a position may look, minus infinity
 *     where it may not; empty when no window is in the way of causal attention. With one token a
 *     row it is {@code [B, 1, 1, L]}
 * @param samples lengths of the samples that are packed into the batch, in reading order; empty
 *     when each row is one sample
 * @param cache for each layer where keys and values are kept: both of a row, to be filled, or both
 *     of all rows and the positions of one more token each; empty when none are kept
 */
public record Attention(
    Tensor cosine,
    Tensor sine,
    @Nullable Tensor full,
    Tensor window,
    long[] samples,
    List<TensorList> cache) {
  /** Nothing is kept. */
  static Attention of(List<Tensor> tables, Tensor window, long[] samples) {
    return new Attention(tables.get(0), tables.get(1), null, window, samples, List.of());
  }

  /** The same for the rows of {@code cache}. */
  Attention keptIn(List<TensorList> cache) {
    return new Attention(cosine, sine, full, window, samples, cache);
  }
}
