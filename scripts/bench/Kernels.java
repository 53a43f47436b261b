package dev.pipeline.model;

import dev.pipeline.chat.Tokenizer;
import dev.pipeline.data.redact.Identities;
import dev.pipeline.data.redact.RedactionSession;
import dev.pipeline.data.redact.Redactors;
import dev.pipeline.torch.Scope;
import dev.pipeline.torch.Torch;
import dev.pipeline.weights.Bfloat16;
import dev.pipeline.weights.Float16;
import dev.pipeline.weights.gguf.GgmlType;
import dev.pipeline.weights.gguf.dequantise.Dequantiser;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Nanoseconds a weight or a byte of text, on one thread. kernels.sh runs it. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Kernels {
  private static final int WEIGHTS = 1 << 20;
  private static final int TEXT = 1 << 16;

  /** As spread as a trained model's. */
  private static float[] weights() {
    Random random = new Random(1);
    float[] weights = new float[WEIGHTS];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) random.nextGaussian() / 32;
    }
    return weights;
  }

  /** The shipped conversations, from the first on; what is damaged in them on purpose becomes a question mark. */
  private static String text() throws IOException {
    byte[] bytes = Files.readAllBytes(Path.of("datasets/raw/email.jsonl"));
    return new String(bytes, 0, TEXT, StandardCharsets.US_ASCII).replace('\ufffd', '?');
  }

  /** Weights and where they go. */
  @State(org.openjdk.jmh.annotations.Scope.Thread)
  public static class Floats {
    final float[] weights = weights();
    final ByteBuffer brain = Bfloat16.littleEndian(weights);
    final ByteBuffer half = Float16.littleEndian(weights);
  }

  @Benchmark
  @OperationsPerInvocation(WEIGHTS)
  public ByteBuffer bfloat16Write(Floats floats) {
    return Bfloat16.littleEndian(floats.weights);
  }

  @Benchmark
  @OperationsPerInvocation(WEIGHTS)
  public ByteBuffer float16Write(Floats floats) {
    return Float16.littleEndian(floats.weights);
  }

  @Benchmark
  @OperationsPerInvocation(WEIGHTS)
  public float bfloat16Read(Floats floats) {
    float sum = 0;
    for (int i = 0; i < WEIGHTS; i++) {
      sum += Bfloat16.toFloat(floats.brain.getShort(2 * i));
    }
    return sum;
  }

  @Benchmark
  @OperationsPerInvocation(WEIGHTS)
  public float float16Read(Floats floats) {
    float sum = 0;
    for (int i = 0; i < WEIGHTS; i++) {
      sum += Float16.toFloat(floats.half.getShort(2 * i));
    }
    return sum;
  }

  /** Blocks of random bytes, which cost what others cost. */
  @State(org.openjdk.jmh.annotations.Scope.Thread)
  public static class Blocks {
    @Param({"F16", "BF16", "Q4_0", "Q5_1", "Q8_0", "Q4_K", "Q5_K", "Q6_K"})
    public GgmlType type;

    final float[] weights = new float[WEIGHTS];
    byte[] blocks = {};
    int count;

    @Setup
    public void fill() {
      blocks = new byte[(int) type.bytes(WEIGHTS)];
      count = WEIGHTS / type.blockSize();
      new Random(1).nextBytes(blocks);
    }
  }

  @Benchmark
  @OperationsPerInvocation(WEIGHTS)
  public float[] dequantise(Blocks blocks) {
    Dequantiser.of(blocks.type).orElseThrow().dequantise(blocks.blocks, blocks.count, blocks.weights);
    return blocks.weights;
  }

  /** The engine, on one thread. */
  @State(org.openjdk.jmh.annotations.Scope.Thread)
  public static class Engine {
    final Torch torch = Torch.open("cpu", 1);
    final Nf4Quantiser quantiser = new Nf4Quantiser(torch);
    final float[] weights = weights();

    @TearDown
    public void close() {
      quantiser.close();
      torch.close();
    }
  }

  @Benchmark
  @OperationsPerInvocation(WEIGHTS)
  public long[] nf4(Engine engine) {
    try (Scope scope = engine.torch.root().inner()) {
      return engine
          .quantiser
          .quantise(
              scope,
              "weights",
              new long[] {1024, 1024},
              (work, like, pieces) -> pieces.next(0, work.floats(engine.weights, WEIGHTS)))
          .shape();
    }
  }

  /** A tokenizer and the redactors, with text for them. */
  @State(org.openjdk.jmh.annotations.Scope.Thread)
  public static class Texts {
    final Tokenizer tokenizer = Tokenizer.open(Path.of("artifacts/base/tokenizer.json"));
    final Redactors redactors = Redactors.all(Set.of("Joshi"));
    String text = "";
    List<String> lines = List.of();

    @Setup
    public void read() throws IOException {
      text = text();
      lines = text.lines().toList();
    }
  }

  @Benchmark
  @OperationsPerInvocation(TEXT)
  public long[] tokenise(Texts texts) {
    return texts.tokenizer.encode(texts.text);
  }

  @Benchmark
  @OperationsPerInvocation(TEXT)
  public int redact(Texts texts) {
    int length = 0;
    for (String line : texts.lines) {
      length += new RedactionSession(texts.redactors, Identities.none()).redact(line).length();
    }
    return length;
  }
}
