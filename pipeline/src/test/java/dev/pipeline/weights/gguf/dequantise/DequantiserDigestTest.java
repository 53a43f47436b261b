package dev.pipeline.weights.gguf.dequantise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.io.Hashes;
import dev.pipeline.weights.gguf.GgmlType;
import java.nio.ByteBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Digests of weights that were equal to llama.cpp's; the recipe test of the same name in {@code
 * export.llama} asks llama.cpp itself.
 */
class DequantiserDigestTest {
  private static final int BLOCKS = 64;

  @ParameterizedTest
  @CsvSource({
    "F32,f8fa8ffd5abb3098",
    "F16,9445b878cae16d89",
    "BF16,4a74dab4102be3ea",
    "Q8_0,54ed30fdc230d87a",
    "Q4_0,7e087498bb8227c7",
    "Q4_1,363a6fbd4db43e27",
    "Q5_0,c7d029402aa86bc3",
    "Q5_1,3ffaf3507144abff",
    "Q4_K,964d4bbceb37defb",
    "Q5_K,ed6fc0e5f08221b9",
    "Q6_K,ca710dc6eaf04d4f"
  })
  void weightsAreThoseOfLlamaCpp(GgmlType type, String digest) {
    float[] weights = new float[BLOCKS * type.blockSize()];
    Dequantiser.of(type).orElseThrow().dequantise(Blocks.random(type, BLOCKS, 7), BLOCKS, weights);
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * weights.length);
    bytes.asFloatBuffer().put(weights);

    assertThat(Hashes.hex(Hashes.sha256().digest(bytes.array()))).startsWith(digest);
  }
}
