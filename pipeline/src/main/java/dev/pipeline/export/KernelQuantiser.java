package dev.pipeline.export;

import dev.pipeline.export.llama.LlamaProcess;
import dev.pipeline.io.AtomicFiles;
import dev.pipeline.weights.gguf.GgmlType;
import dev.pipeline.weights.gguf.GgufFile;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleConsumer;

/**
 * Quantises with llama.cpp's own kernels in a child JVM; the tensors are those of its {@code
 * llama-quantize}, byte for byte, whatever the number of threads.
 *
 * @param threads of computation
 */
public record KernelQuantiser(int threads) implements Quantiser {
  @Override
  public void quantise(
      Path input,
      Path output,
      FileType fileType,
      Optional<Path> importance,
      DoubleConsumer progress) {
    Map<String, GgmlType> types =
        QuantisationPolicy.types(GgufFile.open(input), fileType, importance.isPresent());
    try (LlamaProcess llama = LlamaProcess.start()) {
      llama.quantise(
          new LlamaProcess.Conversion(input, output, types, fileType.id(), importance),
          threads,
          progress);
    } catch (RuntimeException failure) {
      AtomicFiles.deleteRecursively(output);
      throw failure;
    }
  }
}
