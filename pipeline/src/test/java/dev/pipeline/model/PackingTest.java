package dev.pipeline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pipeline.torch.Scope;
import dev.pipeline.torch.Tensor;
import dev.pipeline.torch.Torch;
import dev.pipeline.weights.ModelFolder;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A sample learns the same whether it has a row to itself or shares one. */
@Tag("recipe")
class PackingTest {
  private static final Path VARIANTS = Path.of("src/test/resources/architectures");
  private static final int HIDDEN = 32;
  private static final int[] SAMPLES = {9, 3, 8, 4};

  @ParameterizedTest
  @ValueSource(strings = {"llama", "mistral_window", "phi3_window", "qwen2_window", "phi"})
  void gradientsOfPackedSamplesAreThoseOfEachAlone(String variant) {
    long[] ids = new long[24];
    Arrays.setAll(ids, i -> (7L * i + (long) i * i) % 48);
    try (Torch torch = Torch.open("cpu", 1);
        Decoder decoder =
            DecoderLoader.load(torch, ModelFolder.open(VARIANTS.resolve(variant)), 24);
        Scope scope = torch.root().inner()) {
      long[] lengths = Arrays.stream(SAMPLES).asLongStream().toArray();
      float[] packed =
          gradient(
              decoder, scope, scope.longs(ids, 2, 12), decoder.packedAttention(scope, lengths));
      int first = 0;
      for (int length : SAMPLES) {
        Tensor sample = scope.longs(Arrays.copyOfRange(ids, first, first + length), 1, length);
        float[] alone = gradient(decoder, scope, sample, decoder.attention(scope, length));
        assertThat(Arrays.copyOfRange(packed, first * HIDDEN, (first + length) * HIDDEN))
            .containsExactly(alone, within(1e-5f * largest(alone)));
        first += length;
      }
    }
  }

  /**
   * Sums of single precision are as exact as their largest terms; which kernel adds them, the CPU
   * decides.
   */
  private static float largest(float[] values) {
    float largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  /** The gradient of the summed output of all layers with respect to the embedded tokens. */
  private static float[] gradient(Decoder decoder, Scope scope, Tensor ids, Attention attention) {
    Tensor input = decoder.embed(scope, ids).detach().trainable();
    Tensor x = input;
    for (int layer = 0; layer < decoder.layerCount(); layer++) {
      x = decoder.layer(scope, layer, x, attention, null, 0);
    }
    x.backward(scope.full(1f, x.shape()));
    return input.gradient(scope).toFloats();
  }
}
