package dev.pipeline.export.importance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pipeline.io.Failure;
import dev.pipeline.weights.TensorContent;
import dev.pipeline.weights.gguf.GgmlType;
import dev.pipeline.weights.gguf.GgufFile;
import dev.pipeline.weights.gguf.GgufMetadata;
import dev.pipeline.weights.gguf.GgufTensorData;
import dev.pipeline.weights.gguf.GgufValue;
import dev.pipeline.weights.gguf.GgufWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportanceFileTest {
  private static final ImportanceMatrix MATRIX =
      ImportanceMatrix.of(
          "negotiation 0d0d47",
          3,
          40,
          100,
          Map.of("output.weight", new double[] {1, 2}, "blk.0.attn_q.weight", new double[] {3, 0}));

  @TempDir Path folder;

  @Test
  void readsWhatLlamaCppsPythonPackageWrites() throws IOException {
    // Written by scripts/peers/imatrix_file.py.
    ImportanceMatrix matrix = ImportanceFile.read(python());

    assertThat(matrix.dataset()).isEqualTo("rows one, rows two");
    assertThat(matrix.sequences()).isEqualTo(3);
    assertThat(matrix.longest()).isEqualTo(512);
    assertThat(matrix.entries().keySet())
        .containsExactly("blk.0.attn_q.weight", "blk.0.ffn_down.weight");
    assertThat(matrix.entries().values())
        .allSatisfy(entry -> assertThat(entry.tokens()).isEqualTo(700));
    assertThat(matrix.of("blk.0.ffn_down.weight", 2).orElseThrow())
        .containsExactly(4f / 700, 8f / 700);
  }

  @Test
  void writesTheSameTensorsAndKeysAsLlamaCppsPythonPackage() throws IOException {
    GgufFile theirs = GgufFile.open(python());
    Path copy = folder.resolve("copy.imatrix");
    ImportanceFile.write(copy, ImportanceFile.read(python()));
    GgufFile ours = GgufFile.open(copy);

    assertThat(ours.tensors().keySet()).isEqualTo(theirs.tensors().keySet());
    theirs
        .tensors()
        .forEach(
            (name, tensor) -> {
              assertThat(ours.tensor(name).shape()).as(name).isEqualTo(tensor.shape());
              assertThat(ours.tensor(name).type()).as(name).isEqualTo(tensor.type());
              assertThat(ours.tensor(name).map()).as(name).isEqualTo(tensor.map());
            });
    assertThat(theirs.metadata().values().keySet())
        .containsAll(ours.metadata().values().keySet())
        .contains("general.type", "imatrix.chunk_count");
    assertThat(ours.metadata().values().get("imatrix.chunk_size"))
        .isEqualTo(theirs.metadata().values().get("imatrix.chunk_size"));
  }

  @Test
  void equalMatricesHaveEqualBytesAndComeBackAsTheyWere() {
    Path one = folder.resolve("one");
    Path two = folder.resolve("two");
    ImportanceFile.write(one, MATRIX);
    ImportanceFile.write(two, ImportanceFile.read(one));

    assertThat(one).hasSameBinaryContentAs(two);
    assertThat(ImportanceFile.read(two).of("blk.0.attn_q.weight", 2))
        .hasValueSatisfying(
            values -> assertThat(values).isEqualTo(MATRIX.of("blk.0.attn_q.weight", 2).get()));
  }

  @Test
  void refusesOtherGgufsAndDamagedOnes() throws IOException {
    Path model = folder.resolve("model.gguf");
    GgufWriter.write(
        model,
        GgufMetadata.empty("x").with("general.architecture", GgufValue.text("llama")),
        List.of());
    refusal(model, "model.gguf is no importance matrix");

    Path whole = folder.resolve("whole");
    ImportanceFile.write(whole, MATRIX);
    byte[] bytes = Files.readAllBytes(whole);
    refusal(Files.write(folder.resolve("half"), Arrays.copyOf(bytes, bytes.length / 2)), "half");
    refusal(folder.resolve("absent"), "no such GGUF file");
  }

  @Test
  void refusesSumsWithoutCounts() {
    Path file = folder.resolve("countless");
    GgufWriter.write(
        file,
        ImportanceFileTest.keys(),
        List.of(
            new GgufTensorData(
                "blk.0.attn_q.weight.in_sum2",
                GgmlType.F32,
                List.of(2L, 1L),
                TensorContent.of(ByteBuffer.allocate(8)))));

    refusal(file, "no tensor blk.0.attn_q.weight.counts");
  }

  private static GgufMetadata keys() {
    return GgufMetadata.empty("x")
        .with("general.type", GgufValue.text("imatrix"))
        .with("imatrix.datasets", GgufValue.texts(List.of("rows")))
        .with("imatrix.chunk_count", GgufValue.uint32(1))
        .with("imatrix.chunk_size", GgufValue.uint32(1));
  }

  private static void refusal(Path file, String reason) {
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> ImportanceFile.read(file))
        .withMessageContaining(reason);
  }

  private Path python() throws IOException {
    try (InputStream in =
        ImportanceFileTest.class.getResourceAsStream("/golden/quantise/python.imatrix")) {
      return Files.write(
          folder.resolve("python.imatrix"), Objects.requireNonNull(in).readAllBytes());
    }
  }
}
