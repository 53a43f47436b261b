package dev.pipeline.export.llama;

import dev.pipeline.export.importance.ImportanceFile;
import dev.pipeline.export.importance.ImportanceMatrix;
import dev.pipeline.io.Failure;
import dev.pipeline.weights.TensorContent;
import dev.pipeline.weights.gguf.GgmlType;
import dev.pipeline.weights.gguf.GgufFile;
import dev.pipeline.weights.gguf.GgufMetadata;
import dev.pipeline.weights.gguf.GgufTensor;
import dev.pipeline.weights.gguf.GgufTensorData;
import dev.pipeline.weights.gguf.GgufValue;
import dev.pipeline.weights.gguf.GgufWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Copies a GGUF with some tensors in another type. Rows are converted independently, so the bytes
 * do not depend on the number of threads.
 */
final class TensorQuantiser {
  /** Weights converted at a time by one thread: 4 MB of floats. */
  private static final long CHUNK_ELEMENTS = 1 << 20;

  private static final int QUANTISATION_VERSION = 2;

  private final RowConverter converter;
  private final Request.Quantise request;
  private final DoubleConsumer progress;
  private final GgufFile input;
  private final @Nullable ImportanceMatrix importance;
  private final long totalElements;
  private long doneElements;

  TensorQuantiser(LlamaLibrary library, Request.Quantise request, DoubleConsumer progress) {
    this.converter = new RowConverter(library);
    this.request = request;
    this.progress = progress;
    this.input = GgufFile.open(Path.of(request.input()));
    this.importance =
        request.importance() == null ? null : ImportanceFile.read(Path.of(request.importance()));
    this.totalElements =
        input.tensors().values().stream().mapToLong(TensorQuantiser::elements).sum();
  }

  void run() {
    GgufMetadata metadata =
        input
            .metadata()
            .with("general.quantization_version", GgufValue.uint32(QUANTISATION_VERSION))
            .with("general.file_type", GgufValue.uint32(request.fileType()));
    if (importance != null) {
      metadata = withOrigin(metadata, importance);
    }
    ExecutorService threads = Executors.newFixedThreadPool(request.threads());
    try {
      List<GgufTensorData> tensors =
          input.tensors().values().stream().map(tensor -> converted(tensor, threads)).toList();
      GgufWriter.write(Path.of(request.output()), metadata, tensors);
    } finally {
      threads.shutdownNow();
    }
  }

  /** The keys by which llama-quantize says what it weighed errors by. */
  private static GgufMetadata withOrigin(GgufMetadata metadata, ImportanceMatrix importance) {
    return metadata
        .with(
            "quantize.imatrix.file",
            GgufValue.text(String.valueOf(Path.of(importance.origin()).getFileName())))
        .with("quantize.imatrix.dataset", GgufValue.text(importance.dataset()))
        .with("quantize.imatrix.entries_count", GgufValue.uint32(importance.entries().size()))
        .with("quantize.imatrix.chunks_count", GgufValue.uint32(importance.sequences()));
  }

  private GgufTensorData converted(GgufTensor tensor, ExecutorService threads) {
    GgmlType target = request.types().getOrDefault(tensor.name(), tensor.type());
    if (tensor.columns() % target.blockSize() != 0) {
      throw Failure.refused(
          "%s: rows of %d weights in tensor %s do not fill blocks of %s"
              .formatted(input.path(), tensor.columns(), tensor.name(), target),
          "choose another file type for this model");
    }
    Optional<float[]> weights =
        importance == null || target == tensor.type()
            ? Optional.empty()
            : importance.of(tensor.name(), tensor.columns());
    TensorContent content = out -> write(tensor, target, weights, threads, out);
    return new GgufTensorData(tensor.name(), target, tensor.shape(), content);
  }

  private void write(
      GgufTensor tensor,
      GgmlType target,
      Optional<float[]> weights,
      ExecutorService threads,
      WritableByteChannel out)
      throws IOException {
    long rowsPerChunk = Math.max(1, CHUNK_ELEMENTS / tensor.columns());
    Deque<Future<ByteBuffer>> pending = new ArrayDeque<>();
    for (long row = 0; row < tensor.rows(); row += rowsPerChunk) {
      long first = row;
      long rows = Math.min(rowsPerChunk, tensor.rows() - row);
      pending.add(threads.submit(() -> converter.convert(tensor, first, rows, target, weights)));
      if (pending.size() > request.threads()) {
        writeOldest(pending, out);
        report(rowsPerChunk * tensor.columns());
      }
    }
    while (!pending.isEmpty()) {
      writeOldest(pending, out);
    }
    doneElements += elements(tensor);
    report(0);
  }

  private static void writeOldest(Deque<Future<ByteBuffer>> pending, WritableByteChannel out)
      throws IOException {
    try {
      ByteBuffer converted = pending.remove().get();
      while (converted.hasRemaining()) {
        out.write(converted);
      }
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Failure failure ? failure : new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private void report(long elementsInFlight) {
    progress.accept(Math.min(1.0, (doneElements + elementsInFlight) / (double) totalElements));
  }

  private static long elements(GgufTensor tensor) {
    return tensor.columns() * tensor.rows();
  }
}
