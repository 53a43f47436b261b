package dev.pipeline.train;

import com.sun.management.OperatingSystemMXBean;
import dev.pipeline.chat.TrainingExample;
import dev.pipeline.model.BasePrecision;
import dev.pipeline.model.Decoder;
import dev.pipeline.model.DecoderLoader;
import dev.pipeline.model.LoraAdapter;
import dev.pipeline.model.LoraSpec;
import dev.pipeline.torch.Torch;
import dev.pipeline.weights.ModelFolder;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * The same rows forward and backward in two ways that take turns in one process: what one costs in CPU time beside the other, as the
 * median of the pairs' ratios. It is in the trainer's package to call the trainer's own parts.
 *
 * <pre>
 * StepRatios packing|checkpointing|qlora MODEL TOKENS PAIRS
 * </pre>
 */
public final class StepRatios {
  private static final OperatingSystemMXBean PROCESS = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  /** One way: what it does, and the loss of it. */
  private interface Way {
    double pass();
  }

  public static void main(String[] arguments) {
    Path model = Path.of(arguments[1]);
    int tokens = Integer.parseInt(arguments[2]);
    int pairs = Integer.parseInt(arguments[3]);
    LoraSpec lora = new LoraSpec(16, 32, 0, List.of(LoraSpec.ALL_LINEAR));
    boolean qlora = arguments[0].equals("qlora");
    try (Torch torch = Torch.open("cpu", 1);
        Decoder wide = DecoderLoader.load(torch, ModelFolder.open(model), tokens, BasePrecision.COMPUTED);
        Decoder other =
            DecoderLoader.load(torch, ModelFolder.open(model), tokens, qlora ? BasePrecision.NF4 : BasePrecision.COMPUTED);
        LoraAdapter adapter = LoraAdapter.initialise(torch, wide, lora, 1)) {
      List<TrainingExample> one = List.of(row(tokens, wide.shape().vocabulary()));
      switch (arguments[0]) {
        case "packing" -> {
          List<TrainingExample> rows = skewed(tokens, wide.shape().vocabulary());
          GradientPass pass = new GradientPass(torch, wide, adapter, false, 0);
          List<Batch> padded = Batching.padded(8, 1).batches(rows);
          List<Batch> packed = Batching.packed(8, 1, tokens).batches(rows);
          System.out.printf("tokens computed: %d padded, %d packed, ratio %.3f%n", tokens(padded), tokens(packed), 1.0 * tokens(padded) / tokens(packed));
          race("padded / packed", pairs, () -> sum(pass, padded), () -> sum(pass, packed));
        }
        case "checkpointing" ->
            race("recomputing / keeping", pairs, way(torch, wide, adapter, true, one), way(torch, wide, adapter, false, one));
        case "qlora" -> race("QLoRA / LoRA, both recomputing", pairs, way(torch, other, adapter, true, one), way(torch, wide, adapter, true, one));
        default -> throw new IllegalArgumentException(arguments[0]);
      }
    }
  }

  private static Way way(Torch torch, Decoder decoder, LoraAdapter adapter, boolean checkpointing, List<TrainingExample> rows) {
    GradientPass pass = new GradientPass(torch, decoder, adapter, checkpointing, 0);
    List<Batch> batches = List.of(Batch.of(rows));
    return () -> sum(pass, batches);
  }

  private static double sum(GradientPass pass, List<Batch> batches) {
    double trained = batches.stream().mapToInt(Batch::trainedTokens).sum();
    return batches.stream().mapToDouble(batch -> pass.accumulate(batch, trained, 1)).sum();
  }

  private static void race(String name, int pairs, Way first, Way second) {
    double[] ratios = new double[pairs];
    double[] losses = {first.pass(), second.pass()};
    double seconds = 0;
    for (int pair = 0; pair < pairs; pair++) {
      double[] times = new double[2];
      for (int turn = 0; turn < 2; turn++) {
        int chosen = (pair + turn) % 2;
        long start = PROCESS.getProcessCpuTime();
        (chosen == 0 ? first : second).pass();
        times[chosen] = (PROCESS.getProcessCpuTime() - start) / 1e9;
      }
      ratios[pair] = times[0] / times[1];
      seconds += times[1] / pairs;
    }
    Arrays.sort(ratios);
    System.out.printf(
        "%s: %.3f (%.3f to %.3f) over %d pairs; the latter takes %.2f s; losses %.6f and %.6f%n",
        name, ratios[pairs / 2], ratios[0], ratios[pairs - 1], pairs, seconds, losses[0], losses[1]);
  }

  private static long tokens(List<Batch> batches) {
    return batches.stream().mapToLong(batch -> (long) batch.rows() * batch.length()).sum();
  }

  private static TrainingExample row(int tokens, int vocabulary) {
    return new TrainingExample("row", new Random(tokens).longs(tokens + 1L, 0, vocabulary).toArray(), 1);
  }

  /** 32 rows, most of them short, as conversations are: the lengths are 1/16, 1/8, 1/4 and once in a while all of the most. */
  private static List<TrainingExample> skewed(int longest, int vocabulary) {
    int[] parts = {16, 8, 16, 4, 16, 8, 2, 16};
    return IntStream.range(0, 32).mapToObj(i -> row(longest / parts[i % parts.length] - 1 - i, vocabulary)).toList();
  }
}
