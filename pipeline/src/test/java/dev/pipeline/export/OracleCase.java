package dev.pipeline.export;

import dev.pipeline.export.importance.ImportanceFile;
import dev.pipeline.export.importance.ImportanceMatrix;
import dev.pipeline.weights.TensorContent;
import dev.pipeline.weights.gguf.GgmlType;
import dev.pipeline.weights.gguf.GgufFile;
import dev.pipeline.weights.gguf.GgufTensor;
import dev.pipeline.weights.gguf.GgufTensorData;
import dev.pipeline.weights.gguf.GgufWriter;
import dev.pipeline.weights.gguf.TinyModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A model that llama.cpp's own llama_model_quantize has quantised; what it made is kept in {@code
 * src/test/resources/golden/quantise}. Run as a program, writes the models for {@code
 * scripts/peers/quantise-oracle}.
 *
 * @param name names the model's file and its golden lines
 * @param model the model
 */
record OracleCase(String name, TinyModel model) {
  private static final int VOCABULARY = 320;
  private static final int TOKENS = 1000;

  /** Models whose quantised bytes are compared. */
  static List<OracleCase> forBytes() {
    return List.of(
        new OracleCase("phi3-f16", TinyModel.like("phi3", 4, GgmlType.F16)),
        new OracleCase("llama-bf16", TinyModel.like("llama", 4, GgmlType.BF16)),
        new OracleCase(
            "qwen2-f32-tied", new TinyModel("qwen2", 2, 256, 512, VOCABULARY, true, GgmlType.F32)),
        new OracleCase(
            "phi3-f16-rows-of-288",
            new TinyModel("phi3", 3, 288, 800, VOCABULARY, false, GgmlType.F16)));
  }

  /** Models of whose tensors only the types are compared. */
  static List<OracleCase> forTypes() {
    List<OracleCase> cases = new ArrayList<>();
    for (String family : List.of("llama", "phi3", "qwen2")) {
      for (int layers : List.of(2, 4, 8, 32, 80)) {
        cases.add(ofTypes(family, layers, 256, 256, false));
        cases.add(ofTypes(family, layers, 256, 256, true));
      }
    }
    cases.add(ofTypes("phi3", 4, 288, 800, false));
    cases.add(ofTypes("phi3", 4, 288, 800, true));
    cases.add(ofTypes("qwen2", 4, 256, 264, false));
    cases.add(ofTypes("qwen2", 4, 264, 256, false));
    return cases;
  }

  /** The model as if it had been written to a file and opened again. */
  GgufFile asFile() {
    Map<String, GgufTensor> tensors = new LinkedHashMap<>();
    for (GgufTensorData data : model.tensors()) {
      tensors.put(
          data.name(),
          new GgufTensor(data.name(), data.type(), data.shape(), Path.of(name), 0, data.length()));
    }
    return new GgufFile(Path.of(name), model.metadata(), tensors);
  }

  void write(Path file) {
    GgufWriter.write(file, model.metadata(), model.tensors());
  }

  /**
   * Importances for every matrix but the embedding, unless that is the head, too: from near 0 to
   * 100, one column in 64 unused.
   */
  ImportanceMatrix importances() {
    Map<String, double[]> sums = new LinkedHashMap<>();
    Random random = new Random(name.hashCode());
    for (GgufTensorData data : model.tensors()) {
      boolean embedding = data.name().equals("token_embd.weight") && !model.tied();
      if (data.shape().size() == 2 && !embedding) {
        sums.put(
            data.name(),
            random
                .doubles(data.shape().get(0))
                .map(x -> x < 1.0 / 64 ? 0 : (float) (TOKENS * 100 * x * x * x))
                .toArray());
      }
    }
    return ImportanceMatrix.of("random numbers", 1, TOKENS, TOKENS, sums);
  }

  /**
   * Writes {@code bytes/*.gguf} and {@code types/*.gguf}, and of each the importances, to the
   * folder given.
   */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    forBytes().forEach(each -> each.write(in(folder, "bytes", each)));
    forBytes()
        .forEach(
            each ->
                ImportanceFile.write(in(folder, "bytes-importances", each), each.importances()));
    forTypes().forEach(each -> each.writeZeros(in(folder, "types", each)));
    forTypes()
        .forEach(
            each ->
                ImportanceFile.write(in(folder, "types-importances", each), each.importances()));
  }

  private static Path in(Path folder, String kind, OracleCase each) {
    try {
      return Files.createDirectories(folder.resolve(kind)).resolve(each.name() + ".gguf");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void writeZeros(Path file) {
    List<GgufTensorData> zeros =
        model.tensors().stream()
            .map(
                data ->
                    new GgufTensorData(
                        data.name(),
                        data.type(),
                        data.shape(),
                        TensorContent.of(ByteBuffer.allocate((int) data.length()))))
            .toList();
    GgufWriter.write(file, model.metadata(), zeros);
  }

  private static OracleCase ofTypes(
      String family, int layers, int hidden, int feedForward, boolean tied) {
    String name =
        "%s-%d-layers-%d-%d%s".formatted(family, layers, hidden, feedForward, tied ? "-tied" : "");
    return new OracleCase(
        name, new TinyModel(family, layers, hidden, feedForward, VOCABULARY, tied, GgmlType.F16));
  }
}
