package dev.pipeline.model;

import dev.pipeline.torch.Scope;
import dev.pipeline.torch.Tensor;
import dev.pipeline.torch.Torch;
import org.jspecify.annotations.Nullable;

/** What a decoder predicts after each token of a sequence. */
public final class Logits {
  private Logits() {}

  /**
   * Logits of {@code decoder}, with an adapter or, when it is null, without.
   *
   * @param ids shape [T]
   * @return shape [T, V], row by row
   */
  public static float[] of(
      Torch torch, Decoder decoder, @Nullable LoraAdapter adapter, long[] ids) {
    return torch.withoutGradient(
        () -> {
          try (Scope scope = torch.root().inner()) {
            Tensor x = decoder.embed(scope, scope.longs(ids, 1, ids.length));
            for (int layer = 0; layer < decoder.layerCount(); layer++) {
              Tensor y = decoder.layer(scope, layer, x, adapter, 0);
              x.close();
              x = y;
            }
            return decoder.logits(scope, x).toFloats();
          }
        });
  }
}
