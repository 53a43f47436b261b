package dev.pipeline.export.llama;

import dev.pipeline.weights.TensorContent;
import dev.pipeline.weights.Float16;
import dev.pipeline.weights.gguf.GgmlType;
import dev.pipeline.weights.gguf.GgufFile;
import dev.pipeline.weights.gguf.GgufMetadata;
import dev.pipeline.weights.gguf.GgufTensor;
import dev.pipeline.weights.gguf.GgufTensorData;
import dev.pipeline.weights.gguf.GgufWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Nanoseconds a weight that llama.cpp's kernels take to quantise rows of halves, on one thread. kernels.sh runs it. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
public class LlamaKernels {
  private static final int ROWS = 256;
  private static final int COLUMNS = 1024;

  @Param({"Q8_0", "Q4_K", "Q6_K"})
  public GgmlType type;

  private final RowConverter converter = new RowConverter(LlamaNative.load());
  private GgufTensor tensor;

  @Setup
  public void write() throws IOException {
    Random random = new Random(1);
    float[] weights = new float[ROWS * COLUMNS];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) random.nextGaussian() / 32;
    }
    ByteBuffer halves = Float16.littleEndian(weights);
    Path file = Files.createTempFile("kernels", ".gguf");
    file.toFile().deleteOnExit();
    GgufTensorData data =
        new GgufTensorData("weights", GgmlType.F16, List.of((long) COLUMNS, (long) ROWS), TensorContent.of(halves));
    GgufWriter.write(file, GgufMetadata.empty("kernels"), List.of(data));
    tensor = GgufFile.open(file).tensors().get("weights");
  }

  @Benchmark
  @OperationsPerInvocation(ROWS * COLUMNS)
  public ByteBuffer quantise() {
    return converter.convert(tensor, 0, ROWS, type);
  }
}
