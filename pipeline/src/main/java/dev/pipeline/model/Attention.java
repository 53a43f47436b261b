package dev.pipeline.model;

import dev.pipeline.torch.Tensor;

/**
 * What attention has to know of a batch beside its activations. It is the same for every layer, so
 * it is made once a batch, by {@link Decoder#attention} or {@link Decoder#packedAttention}.
 *
 * @param cosine rotary table, a row a token
 * @param sine likewise
 * @param window {@code [L, L]}, L the longest sample: 0 where a position may look, minus infinity
 *     where it may not; empty when no window is in the way of causal attention
 * @param samples lengths of the samples that are packed into the batch, in reading order; empty
 *     when each row is one sample
 */
public record Attention(Tensor cosine, Tensor sine, Tensor window, long[] samples) {}
