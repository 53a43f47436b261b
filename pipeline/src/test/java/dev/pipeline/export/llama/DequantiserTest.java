package dev.pipeline.export.llama;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Function;
import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import dev.pipeline.weights.gguf.GgmlType;
import dev.pipeline.weights.gguf.dequantise.Blocks;
import dev.pipeline.weights.gguf.dequantise.Dequantiser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds our dequantisers against llama.cpp's own, which run in a child JVM. */
@Tag("recipe")
class DequantiserTest {
  @TempDir static Path folder;

  static Iterable<GgmlType> types() {
    return Blocks.TYPES;
  }

  @BeforeAll
  static void letLlamaCppDequantise() throws IOException, InterruptedException {
    Process oracle =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Oracle.class.getName(),
                folder.toString())
            .inheritIO()
            .start();
    assertThat(oracle.waitFor()).isZero();
  }

  @ParameterizedTest
  @MethodSource("types")
  void weightsEqualThoseOfLlamaCppBitForBit(GgmlType type) throws IOException {
    byte[] blocks = Files.readAllBytes(folder.resolve(type + ".blocks"));
    int count = blocks.length / type.bytesPerBlock();
    float[] expected = new float[count * type.blockSize()];
    ByteBuffer.wrap(Files.readAllBytes(folder.resolve(type + ".floats")))
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(expected);
    float[] actual = new float[expected.length];

    Dequantiser.of(type).orElseThrow().dequantise(blocks, count, actual);

    assertThat(expected.length).isGreaterThan(200_000);
    for (int i = 0; i < actual.length; i++) {
      assertThat(Float.floatToRawIntBits(actual[i]))
          .as("weight %d: %s instead of %s", i, actual[i], expected[i])
          .isEqualTo(Float.floatToRawIntBits(expected[i]));
    }
  }

  /** Writes blocks of every type, and what llama.cpp takes them for. */
  static final class Oracle {
    private static final int QUANTISED_ROWS = 800;
    private static final int RANDOM_WEIGHTS = 1 << 18;

    /** Where {@code struct ggml_type_traits} has its {@code to_float}. */
    private static final int TO_FLOAT = 40;

    private Oracle() {}

    interface Traits extends Library {
      Pointer ggml_get_type_traits(int type);
    }

    public static void main(String[] arguments) throws IOException {
      Path folder = Path.of(arguments[0]);
      LlamaLibrary library = LlamaNative.load();
      Traits traits =
          Native.load(
              NativeLibraryCache.userDefault().libraryFile().toString(), Traits.class, Map.of());
      for (GgmlType type : Blocks.TYPES) {
        byte[] random = Blocks.random(type, RANDOM_WEIGHTS / type.blockSize(), type.id());
        byte[] quantised = quantised(library, type);
        byte[] blocks = Arrays.copyOf(random, random.length + quantised.length);
        System.arraycopy(quantised, 0, blocks, random.length, quantised.length);
        Files.write(folder.resolve(type + ".blocks"), blocks);
        Files.write(folder.resolve(type + ".floats"), floats(traits, type, blocks));
      }
    }

    private static byte[] quantised(LlamaLibrary library, GgmlType type) {
      float[] weights = Blocks.rows(QUANTISED_ROWS, type.id());
      try (Memory floats = new Memory(4L * weights.length);
          Memory blocks = new Memory(type.bytes(weights.length))) {
        floats.write(0, weights, 0, weights.length);
        library.ggmlQuantizeChunk(type.id(), floats, blocks, 0, QUANTISED_ROWS, 256, null);
        return blocks.getByteArray(0, (int) blocks.size());
      }
    }

    private static byte[] floats(Traits traits, GgmlType type, byte[] bytes) {
      if (type == GgmlType.F32) {
        return bytes;
      }
      long count = bytes.length / type.bytesPerBlock() * (long) type.blockSize();
      Pointer toFloat = traits.ggml_get_type_traits(type.id()).getPointer(TO_FLOAT);
      try (Memory blocks = new Memory(bytes.length);
          Memory floats = new Memory(4 * count)) {
        blocks.write(0, bytes, 0, bytes.length);
        Function.getFunction(toFloat).invokeVoid(new Object[] {blocks, floats, count});
        return floats.getByteArray(0, (int) floats.size());
      }
    }
  }
}
