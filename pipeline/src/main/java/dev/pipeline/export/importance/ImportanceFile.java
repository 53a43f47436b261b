package dev.pipeline.export.importance;

import dev.pipeline.export.importance.ImportanceMatrix.Entry;
import dev.pipeline.io.Failure;
import dev.pipeline.weights.TensorContent;
import dev.pipeline.weights.gguf.GgmlType;
import dev.pipeline.weights.gguf.GgufFile;
import dev.pipeline.weights.gguf.GgufMetadata;
import dev.pipeline.weights.gguf.GgufTensor;
import dev.pipeline.weights.gguf.GgufTensorData;
import dev.pipeline.weights.gguf.GgufValue;
import dev.pipeline.weights.gguf.GgufWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * llama.cpp's own file of importances, as its imatrix tool has written it since July 2025 and its
 * {@code llama-quantize --imatrix} reads it: a GGUF of {@code general.type} imatrix with two F32
 * tensors a weight, {@code NAME.in_sum2 [columns, 1]} and {@code NAME.counts [1, 1]}.
 *
 * @see <a href="https://github.com/ggml-org/llama.cpp/blob/master/tools/imatrix/imatrix.cpp">
 *     save_imatrix</a>
 */
public final class ImportanceFile {
  private static final String KIND = "imatrix";
  private static final String SUMS = ".in_sum2";
  private static final String COUNTS = ".counts";
  private static final String DATASETS = "imatrix.datasets";
  private static final String SEQUENCES = "imatrix.chunk_count";
  private static final String LONGEST = "imatrix.chunk_size";

  private ImportanceFile() {}

  /** Writes {@code path}, which is overwritten and not synced: pass a temporary path. */
  public static void write(Path path, ImportanceMatrix matrix) {
    GgufMetadata metadata =
        GgufMetadata.empty(path.toString())
            .with("general.type", GgufValue.text(KIND))
            .with(DATASETS, GgufValue.texts(List.of(matrix.dataset())))
            .with(SEQUENCES, GgufValue.uint32(matrix.sequences()))
            .with(LONGEST, GgufValue.uint32(matrix.longest()));
    List<GgufTensorData> tensors = new ArrayList<>();
    matrix
        .entries()
        .forEach(
            (weight, entry) -> {
              tensors.add(tensor(weight + SUMS, entry.sums()));
              tensors.add(tensor(weight + COUNTS, new double[] {entry.tokens()}));
            });
    GgufWriter.write(path, metadata, tensors);
  }

  /**
   * Reads such a file.
   *
   * @throws Failure when it is none, or holds what no kernel could weigh by
   */
  public static ImportanceMatrix read(Path path) {
    GgufFile file = GgufFile.open(path);
    GgufMetadata metadata = file.metadata();
    if (metadata.find("general.type").isEmpty() || !metadata.text("general.type").equals(KIND)) {
      throw Failure.refused(
          path + " is no importance matrix", "name a file that llama.cpp's imatrix tool wrote");
    }
    SortedMap<String, Entry> entries = new TreeMap<>();
    for (String name : file.tensors().keySet()) {
      if (name.endsWith(SUMS)) {
        String weight = name.substring(0, name.length() - SUMS.length());
        double[] counts = values(file, weight + COUNTS);
        if (counts.length != 1) {
          throw Failure.refused(
              "%s counts %d parts of %s".formatted(path, counts.length, weight),
              "matrices of models with experts are not supported here");
        }
        entries.put(weight, new Entry(values(file, name), Math.round(counts[0])));
      }
    }
    return new ImportanceMatrix(
        path.toString(),
        String.join(", ", metadata.texts(DATASETS)),
        (int) metadata.whole(SEQUENCES),
        (int) metadata.whole(LONGEST),
        entries);
  }

  private static GgufTensorData tensor(String name, double[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (double value : values) {
      bytes.putFloat((float) value);
    }
    return new GgufTensorData(
        name, GgmlType.F32, List.of((long) values.length, 1L), TensorContent.of(bytes.flip()));
  }

  private static double[] values(GgufFile file, String name) {
    GgufTensor tensor = file.tensor(name);
    if (tensor.type() != GgmlType.F32) {
      throw Failure.refused(
          file.path() + ": " + name + " is of type " + tensor.type() + ", not F32",
          "name a file that llama.cpp's imatrix tool wrote");
    }
    ByteBuffer bytes = tensor.map();
    double[] values = new double[bytes.remaining() / Float.BYTES];
    for (int i = 0; i < values.length; i++) {
      values[i] = bytes.getFloat();
    }
    return values;
  }
}
