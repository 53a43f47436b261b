package dev.pipeline.weights.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import dev.pipeline.weights.TensorContent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GgufFileTest {
  /** Where the fields of the smallest file lie: magic, version, tensor count, key count. */
  private static final int VERSION_AT = 4;

  private static final int TENSORS_AT = 8;
  private static final int KEYS_AT = 16;

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("model.gguf");
  }

  @Test
  void givesBackWhatWasWritten() {
    GgufMetadata metadata =
        GgufMetadata.empty("test")
            .with("text", GgufValue.text("Grüße"))
            .with("whole", GgufValue.uint32(0xffff_ffffL))
            .with("byte", new GgufValue.Whole(ValueType.INT8, -3))
            .with("short", new GgufValue.Whole(ValueType.UINT16, 65535))
            .with("long", new GgufValue.Whole(ValueType.INT64, Long.MIN_VALUE))
            .with("real", GgufValue.float32(0.1f))
            .with("double", new GgufValue.Real(ValueType.FLOAT64, 0.1))
            .with("truth", GgufValue.truth(true))
            .with("texts", GgufValue.texts(List.of("a", "", "b")))
            .with("numbers", GgufValue.int32s(List.of(1, -1)))
            .with("scores", GgufValue.float32s(List.of(-0.5f)));
    GgufWriter.write(file, metadata, List.of(row("first", 1, 2, 3), row("second", 4, 5)));

    GgufFile opened = GgufFile.open(file);

    assertThat(opened.metadata().values()).isEqualTo(metadata.values());
    assertThat(opened.metadata().values().keySet())
        .containsExactlyElementsOf(metadata.values().keySet());
    assertThat(opened.tensors().keySet()).containsExactly("first", "second");
    GgufTensor second = opened.tensor("second");
    assertThat(second.offset() % 32).isZero();
    assertThat(second.shape()).containsExactly(2L);
    assertThat(second.map().getFloat(4)).isEqualTo(5f);
  }

  @Test
  void aWholeModelKeepsItsBytesWhenItIsCopied() throws IOException {
    TinyModel model = TinyModel.like("phi3", 2, GgmlType.BF16);
    GgufWriter.write(file, model.metadata(), model.tensors());
    Path copy = folder.resolve("copy.gguf");

    GgufFile opened = GgufFile.open(file);
    GgufWriter.write(
        copy,
        opened.metadata(),
        opened.tensors().values().stream()
            .map(
                tensor ->
                    new GgufTensorData(
                        tensor.name(),
                        tensor.type(),
                        tensor.shape(),
                        TensorContent.of(tensor.map())))
            .toList());

    assertThat(copy).hasSameBinaryContentAs(file);
  }

  @Test
  void mapsSomeRowsOfATensorBeyondTwoGigabytes() {
    TensorContent sparse =
        out -> {
          FileChannel channel = (FileChannel) out;
          channel.position(channel.position() + (1L << 32) - 2);
          channel.write(ByteBuffer.wrap(new byte[] {0x34, 0x12}));
        };
    GgufTensorData huge =
        new GgufTensorData("huge", GgmlType.F16, List.of(1L << 20, 1L << 11), sparse);
    GgufWriter.write(file, GgufMetadata.empty("test"), List.of(huge));

    GgufTensor tensor = GgufFile.open(file).tensor("huge");

    assertThat(tensor.length()).isEqualTo(1L << 32);
    ByteBuffer last = tensor.mapRows(2047, 1);
    assertThat(last.getShort(last.limit() - 2)).isEqualTo((short) 0x1234);
  }

  @Test
  void refusesEveryTruncation() throws IOException {
    GgufWriter.write(
        file, GgufMetadata.empty("test").with("k", GgufValue.text("v")), List.of(row("x", 1)));
    byte[] whole = Files.readAllBytes(file);
    int dataEnd = whole.length - 32 + 4;

    for (int length = 0; length < dataEnd; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      refusal("");
    }
  }

  @Test
  void refusesImpossibleCountsAndSizesBeforeAllocating() throws IOException {
    patched(bytes -> bytes.putInt(VERSION_AT, 9), "version 9");
    patched(bytes -> bytes.putLong(TENSORS_AT, 1L << 40), "1099511627776 tensors");
    patched(bytes -> bytes.putLong(KEYS_AT, -1), "18446744073709551615 keys");
    // key "k": length at 24, name at 32, type at 33, text length at 37, text at 45
    patched(bytes -> bytes.putLong(24, 1L << 33), "8589934592 bytes of text");
    patched(bytes -> bytes.putInt(33, 77), "unknown type 77");
    // tensor "x": name length at 46, name at 54, dimensions at 55, size at 59, type at 67, offset
    // at 71
    patched(bytes -> bytes.putInt(55, 5), "5 dimensions");
    patched(bytes -> bytes.putLong(59, -1), "the shape [-1]");
    patched(bytes -> bytes.putLong(59, 1L << 61), "shape [2305843009213693952]");
    patched(bytes -> bytes.putLong(59, 1L << 40), "ends before tensor x");
    patched(bytes -> bytes.putInt(67, 12), "of type Q4_K the shape [1]");
    patched(bytes -> bytes.putInt(67, 99), "unknown type 99");
    patched(bytes -> bytes.putLong(71, 1L << 50), "at offset 1125899906842624");
  }

  @Test
  void refusesGarbageWithoutAnyOtherError() throws IOException {
    GgufWriter.write(
        file, TinyModel.like("llama", 1, GgmlType.F16).metadata(), List.of(row("x", 1)));
    byte[] whole = Files.readAllBytes(file);
    Random random = new Random(7);
    for (int round = 0; round < 300; round++) {
      byte[] damaged = whole.clone();
      for (int i = 0; i < 8; i++) {
        damaged[random.nextInt(round % 2 == 0 ? 64 : damaged.length)] = (byte) random.nextInt();
      }
      Files.write(file, damaged);
      try {
        GgufFile.open(file);
      } catch (Failure expected) {
        assertThat(expected.exitCode()).isEqualTo(ExitCode.REFUSED);
      }
    }
  }

  @Test
  void refusesOtherFilesByName() throws IOException {
    refusal("no such GGUF");
    Files.writeString(file, "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 9\n");
    refusal("git-lfs pointer");
    Files.writeString(file, "certainly no model, but long enough to hold a header");
    refusal("does not start with GGUF");
  }

  @Test
  void namesTheKeyThatIsMissingOrOfAnotherType() {
    GgufMetadata metadata = GgufMetadata.empty("x.gguf").with("k", GgufValue.text("v"));

    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> metadata.whole("k"))
        .withMessage("x.gguf: key k is not a whole number");
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> metadata.text("absent"))
        .withMessage("x.gguf has no key absent");
  }

  private void patched(Consumer<ByteBuffer> patch, String reason) throws IOException {
    GgufWriter.write(
        file, GgufMetadata.empty("test").with("k", GgufValue.text("v")), List.of(row("x", 1)));
    byte[] bytes = Files.readAllBytes(file);
    patch.accept(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
    Files.write(file, bytes);
    refusal(reason);
  }

  private void refusal(String reason) {
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> GgufFile.open(file))
        .withMessageContaining(reason)
        .withMessageContaining(file.toString())
        .extracting(Failure::exitCode)
        .isEqualTo(ExitCode.REFUSED);
  }

  private static GgufTensorData row(String name, float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      bytes.putFloat(value);
    }
    return new GgufTensorData(
        name, GgmlType.F32, List.of((long) values.length), TensorContent.of(bytes.flip()));
  }
}
