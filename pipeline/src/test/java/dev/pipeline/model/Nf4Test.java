package dev.pipeline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipeline.io.Failure;
import dev.pipeline.io.Hashes;
import dev.pipeline.io.Json;
import dev.pipeline.torch.Scope;
import dev.pipeline.torch.Torch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * A million weights against {@code scripts/peers/nf4.py}, which is written from the paper: every
 * code, constant and restored weight, bit for bit.
 */
@Tag("recipe")
class Nf4Test {
  private static final Path GOLDEN = Path.of("src/test/resources/golden/nf4.json");
  private static final int ROWS = 1000;
  private static final int COLUMNS = 1024;
  private static final int PIECE = 64 * 777;

  @Test
  void tablesAreThoseOfThePaper() throws IOException {
    JsonNode golden = Json.mapper().readTree(Files.readString(GOLDEN));
    assertThat(sha(Nf4.weights())).isEqualTo(golden.path("weight_values").asString());
    assertThat(sha(Nf4.constants())).isEqualTo(golden.path("constant_values").asString());
  }

  @Test
  void aMillionWeightsAreQuantisedAsThePaperSays() throws IOException {
    JsonNode golden = Json.mapper().readTree(Files.readString(GOLDEN));
    float[] weights = weights();
    assertThat(sha(weights)).isEqualTo(golden.path("weights").asString());
    try (Torch torch = Torch.open("cpu", 2);
        Scope scope = torch.root().inner()) {
      Nf4Weight packed = quantise(torch, scope, weights);
      assertThat(packed.codes().elements()).isEqualTo(weights.length / 2);
      assertThat(sha(packed.codes().toBytes())).isEqualTo(golden.path("codes").asString());
      assertThat(sha(packed.constants().toBytes())).isEqualTo(golden.path("constants").asString());
      assertThat(sha(packed.largest().toFloats())).isEqualTo(golden.path("largest").asString());
      assertThat(sha(packed.offset().toFloats())).isEqualTo(golden.path("offset").asString());
      assertThat(sha(restored(torch, scope, packed))).isEqualTo(golden.path("restored").asString());
    }
  }

  @Test
  void aWeightOnALimitGoesDownAndTheNextOneUp() {
    float[] limits = Nf4.limits(Nf4.weights());
    float[] weights = weights();
    for (int i = 0; i < limits.length; i++) {
      Arrays.fill(weights, 64 * i, 64 * i + 64, 1f);
      weights[64 * i] = limits[i];
      weights[64 * i + 1] = Math.nextUp(limits[i]);
    }
    try (Torch torch = Torch.open("cpu", 1);
        Scope scope = torch.root().inner()) {
      byte[] codes = quantise(torch, scope, weights).codes().toBytes();
      for (int i = 0; i < limits.length; i++) {
        assertThat(codes[32 * i]).isEqualTo((byte) (i << 4 | i + 1));
      }
    }
  }

  @Test
  void aBlockOfZerosStaysZero() {
    float[] weights = weights();
    Arrays.fill(weights, 128, 192, 0f);
    try (Torch torch = Torch.open("cpu", 1);
        Scope scope = torch.root().inner()) {
      assertThat(
              Arrays.copyOfRange(restored(torch, scope, quantise(torch, scope, weights)), 128, 192))
          .containsOnly(0f);
    }
  }

  @Test
  void weightsThatAreNoNumbersAreRefusedByName() {
    float[] weights = weights();
    weights[777] = Float.NaN;
    try (Torch torch = Torch.open("cpu", 1);
        Scope scope = torch.root().inner()) {
      assertThatThrownBy(() -> quantise(torch, scope, weights))
          .isInstanceOf(Failure.class)
          .hasMessageContaining("the-weight");
    }
  }

  private static Nf4Weight quantise(Torch torch, Scope scope, float[] weights) {
    try (Nf4Quantiser quantiser = new Nf4Quantiser(torch)) {
      return quantiser.quantise(
          scope,
          "the-weight",
          new long[] {ROWS, COLUMNS},
          (work, like, pieces) -> {
            pieces.next(0, work.floats(Arrays.copyOf(weights, PIECE), PIECE));
            int rest = weights.length - PIECE;
            pieces.next(
                PIECE, work.floats(Arrays.copyOfRange(weights, PIECE, weights.length), rest));
          });
    }
  }

  private static float[] restored(Torch torch, Scope scope, Nf4Weight packed) {
    String name = "model.layers.0.weight";
    try (QuantisedLayers layers =
        new QuantisedLayers(torch, Map.of(name, packed), scope.full(0f, 0))) {
      layers.open(0);
      return layers.tensor(name).toFloats();
    }
  }

  /** Nearly normal weights of blocks that differ in size; the same arithmetic as in nf4.py. */
  private static float[] weights() {
    float[] weights = new float[ROWS * COLUMNS];
    int state = 1;
    for (int i = 0; i < weights.length; i++) {
      double sum = -2;
      for (int draw = 0; draw < 4; draw++) {
        state = state * 1664525 + 1013904223;
        sum += (state >>> 8) * 0x1p-24;
      }
      weights[i] = (float) (sum * (1 + i / 64 % 7) / 64);
    }
    return weights;
  }

  private static String sha(float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return sha(bytes.array());
  }

  private static String sha(byte[] bytes) {
    return Hashes.hex(Hashes.sha256().digest(bytes));
  }
}
