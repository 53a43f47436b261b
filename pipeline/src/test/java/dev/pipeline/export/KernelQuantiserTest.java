package dev.pipeline.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pipeline.export.importance.ImportanceFile;
import dev.pipeline.export.importance.ImportanceMatrix;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Hashes;
import dev.pipeline.weights.TensorContent;
import dev.pipeline.weights.gguf.GgmlType;
import dev.pipeline.weights.gguf.GgufFile;
import dev.pipeline.weights.gguf.GgufTensor;
import dev.pipeline.weights.gguf.GgufTensorData;
import dev.pipeline.weights.gguf.GgufWriter;
import dev.pipeline.weights.gguf.TinyModel;
import dev.pipeline.weights.gguf.dequantise.TensorReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("recipe")
class KernelQuantiserTest {
  private static final KernelQuantiser QUANTISER = new KernelQuantiser(2);

  @TempDir Path folder;

  static Stream<OracleCase> models() {
    return OracleCase.forBytes().stream();
  }

  @ParameterizedTest
  @MethodSource("models")
  void tensorsEqualThoseOfLlamaModelQuantizeByteForByte(OracleCase model) {
    Path input = folder.resolve("input.gguf");
    Path output = folder.resolve("output.gguf");
    model.write(input);
    for (FileType fileType : FileType.values()) {
      QUANTISER.quantise(input, output, fileType, share -> {});

      GgufFile quantised = GgufFile.open(output);
      assertThat(digests(quantised))
          .as(fileType.name())
          .isNotEmpty()
          .containsExactlyInAnyOrderElementsOf(Golden.lines("bytes.tsv", model.name(), fileType));
      assertThat(quantised.metadata().whole("general.file_type")).isEqualTo(fileType.id());
      assertThat(quantised.metadata().whole("general.quantization_version")).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void weightedTensorsEqualThoseOfLlamaModelQuantizeByteForByte(OracleCase model) {
    Path input = folder.resolve("input.gguf");
    Path output = folder.resolve("output.gguf");
    Path importances = folder.resolve("importances.gguf");
    model.write(input);
    ImportanceFile.write(importances, model.importances());
    for (FileType fileType : FileType.values()) {
      if (fileType.isWeighted()) {
        QUANTISER.quantise(input, output, fileType, Optional.of(importances), share -> {});

        GgufFile quantised = GgufFile.open(output);
        assertThat(digests(quantised))
            .as(fileType.name())
            .isNotEmpty()
            .containsExactlyInAnyOrderElementsOf(
                Golden.weightedLines("bytes.tsv", model.name(), fileType));
        assertThat(quantised.metadata().text("quantize.imatrix.dataset"))
            .isEqualTo("random numbers");
        assertThat(quantised.metadata().text("quantize.imatrix.file"))
            .isEqualTo("importances.gguf");
      }
    }
  }

  @Test
  void importancesLowerTheErrorThatTheyWeigh() {
    OracleCase model = OracleCase.forBytes().get(0);
    Path input = folder.resolve("input.gguf");
    Path importances = folder.resolve("importances.gguf");
    model.write(input);
    ImportanceFile.write(importances, model.importances());
    for (FileType fileType : List.of(FileType.Q4_K_M, FileType.Q4_0)) {
      Path plain = folder.resolve("plain.gguf");
      Path weighted = folder.resolve("weighted.gguf");
      QUANTISER.quantise(input, plain, fileType, share -> {});
      QUANTISER.quantise(input, weighted, fileType, Optional.of(importances), share -> {});

      for (String tensor : model.importances().entries().keySet()) {
        assertThat(error(model, tensor, input, weighted))
            .as(fileType + " " + tensor)
            .isPositive()
            .isLessThan(error(model, tensor, input, plain));
      }
    }
  }

  /** Squared errors of the weights, each by the importance of its column. */
  private static double error(OracleCase model, String name, Path input, Path output) {
    GgufTensor exact = GgufFile.open(input).tensor(name);
    float[] importances = model.importances().of(name, exact.columns()).orElseThrow();
    float[] expected = values(exact);
    float[] actual = values(GgufFile.open(output).tensor(name));
    double error = 0;
    for (int i = 0; i < expected.length; i++) {
      double difference = actual[i] - expected[i];
      error += importances[i % importances.length] * difference * difference;
    }
    return error;
  }

  private static float[] values(GgufTensor tensor) {
    float[] values = new float[(int) (tensor.columns() * tensor.rows())];
    TensorReader.read(
        tensor, (first, some) -> System.arraycopy(some, 0, values, (int) first, some.length));
    return values;
  }

  @Test
  void refusesImportancesOfAnotherModelByTheTensorsName() {
    OracleCase model = OracleCase.forBytes().get(0);
    Path input = folder.resolve("input.gguf");
    Path output = folder.resolve("output.gguf");
    Path importances = folder.resolve("importances.gguf");
    model.write(input);
    ImportanceFile.write(
        importances,
        ImportanceMatrix.of("rows", 1, 4, 4, Map.of("blk.1.ffn_up.weight", new double[128])));

    assertThatExceptionOfType(Failure.class)
        .isThrownBy(
            () ->
                QUANTISER.quantise(
                    input, output, FileType.Q4_K_M, Optional.of(importances), share -> {}))
        .withMessageContaining("importances of 128 columns for blk.1.ffn_up.weight, which has 256");
    assertThat(output).doesNotExist();
  }

  @Test
  void theNumberOfThreadsDoesNotChangeTheFileAndProgressReachesOne() {
    Path input = folder.resolve("input.gguf");
    TinyModel model = new TinyModel("llama", 1, 256, 8192, 320, false, GgmlType.F16);
    GgufWriter.write(input, model.metadata(), model.tensors());
    List<Double> shares = new ArrayList<>();

    new KernelQuantiser(1)
        .quantise(input, folder.resolve("one.gguf"), FileType.Q4_K_M, shares::add);
    new KernelQuantiser(3)
        .quantise(input, folder.resolve("three.gguf"), FileType.Q4_K_M, share -> {});

    assertThat(folder.resolve("one.gguf")).hasSameBinaryContentAs(folder.resolve("three.gguf"));
    assertThat(shares).isSorted().endsWith(1.0);
  }

  @Test
  void refusesNanWeightsAndLeavesNothing() {
    TinyModel model = TinyModel.like("llama", 1, GgmlType.F16);
    List<GgufTensorData> tensors = new ArrayList<>(model.tensors());
    tensors.replaceAll(
        tensor -> tensor.name().equals("blk.0.ffn_up.weight") ? withNan(tensor) : tensor);
    Path input = folder.resolve("input.gguf");
    GgufWriter.write(input, model.metadata(), tensors);

    refusal(input, folder.resolve("output.gguf"), "tensor blk.0.ffn_up.weight holds NaN");
  }

  @Test
  void refusesDamagedAndMissingInput() throws IOException {
    Path input = folder.resolve("input.gguf");
    Path output = folder.resolve("output.gguf");
    refusal(input, output, "no such GGUF file");

    OracleCase.forBytes().get(0).write(input);
    byte[] whole = Files.readAllBytes(input);
    Files.write(input, Arrays.copyOf(whole, whole.length / 2));
    refusal(input, output, "ends before tensor");

    Files.write(input, new byte[4096]);
    refusal(input, output, "does not start with GGUF");
  }

  @Test
  void refusesToQuantiseTwice() {
    Path input = folder.resolve("input.gguf");
    Path small = folder.resolve("small.gguf");
    OracleCase.forBytes().get(0).write(input);
    QUANTISER.quantise(input, small, FileType.Q8_0, share -> {});

    refusal(small, folder.resolve("output.gguf"), "already quantised");
  }

  @Test
  void namesTheOutputItCannotWrite() {
    Path input = folder.resolve("input.gguf");
    OracleCase.forBytes().get(0).write(input);

    refusal(input, folder.resolve("absent").resolve("output.gguf"), "cannot write");
  }

  private static void refusal(Path input, Path output, String reason) {
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> QUANTISER.quantise(input, output, FileType.Q4_K_M, share -> {}))
        .withMessageContaining(reason);
    assertThat(output).doesNotExist();
  }

  private static GgufTensorData withNan(GgufTensorData tensor) {
    TensorContent content =
        out -> {
          ByteBuffer zeros = ByteBuffer.allocate((int) tensor.length());
          zeros.put(10, (byte) 0x00).put(11, (byte) 0x7e);
          out.write(zeros);
        };
    return new GgufTensorData(tensor.name(), tensor.type(), tensor.shape(), content);
  }

  private static List<List<String>> digests(GgufFile quantised) {
    return quantised.tensors().values().stream()
        .map(tensor -> List.of(tensor.name(), tensor.type().name(), digest(tensor)))
        .toList();
  }

  private static String digest(GgufTensor tensor) {
    MessageDigest digest = Hashes.sha256();
    digest.update(tensor.map());
    return Hashes.hex(digest.digest());
  }
}
