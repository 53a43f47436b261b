package dev.pipeline.train;

import com.sun.management.OperatingSystemMXBean;
import dev.pipeline.chat.TrainingExample;
import dev.pipeline.model.BasePrecision;
import dev.pipeline.model.Decoder;
import dev.pipeline.model.DecoderLoader;
import dev.pipeline.model.LoraAdapter;
import dev.pipeline.model.LoraSpec;
import dev.pipeline.model.MemoryEstimate;
import dev.pipeline.torch.Torch;
import dev.pipeline.train.preference.DpoLoss;
import dev.pipeline.train.preference.LengthPenalty;
import dev.pipeline.train.preference.PreferenceLoss;
import dev.pipeline.weights.ModelFolder;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * What preference optimisation costs beside supervised fine-tuning on the same four sequences, two pairs of them, the answer half of
 * each: its CPU time, as the median of the ratios of ways that take turns in one process, or the most that one way holds. It is in the
 * trainer's package to call the trainer's own parts.
 *
 * <pre>
 * PreferenceRatios time MODEL TOKENS TURNS
 * PreferenceRatios sft|cached|switched MODEL TOKENS STEPS
 * </pre>
 */
public final class PreferenceRatios {
  private static final OperatingSystemMXBean PROCESS = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private static final PreferenceLoss DPO = new DpoLoss(0.1, 0, LengthPenalty.NONE);
  private static final LoraSpec LORA = new LoraSpec(16, 32, 0, List.of(LoraSpec.ALL_LINEAR));

  public static void main(String[] arguments) throws IOException {
    int tokens = Integer.parseInt(arguments[2]);
    int count = Integer.parseInt(arguments[3]);
    TrainingSettings settings =
        new TrainingSettings(1, 1, Batching.padded(2, 1), 1e-4, 0, AdamWSettings.defaults(), false, 1, 1, 0, 0);
    try (Torch torch = Torch.open("cpu", 1)) {
      Decoder decoder = DecoderLoader.load(torch, ModelFolder.open(Path.of(arguments[1])), tokens, BasePrecision.COMPUTED);
      LoraAdapter adapter = LoraAdapter.initialise(torch, decoder, LORA, 1);
      Map<String, float[]> values = BestAdapter.values(adapter.parameters());
      try (Replicas replicas = new Replicas(List.of(new Replica(torch, decoder, adapter, settings)))) {
        List<PreferenceRow> pairs = pairs(tokens, decoder.shape().vocabulary());
        if (arguments[0].equals("time")) {
          race(replicas, values, pairs, count);
        } else {
          hold(replicas, values, pairs, arguments[0], count, tokens);
        }
      }
    }
  }

  /** What goes through the model at once, by the name of its way. */
  private static Task task(Replicas replicas, Map<String, float[]> values, List<PreferenceRow> pairs, String way) throws IOException {
    return switch (way) {
      case "sft" -> {
        List<TrainingExample> rows = PairTask.batch(pairs).examples();
        Batching four = Batching.padded(4, 1);
        TrainingSettings settings = new TrainingSettings(1, 1, four, 1e-4, 0, AdamWSettings.defaults(), false, 1, 1, 0, 0);
        yield new Likelihood(epoch -> rows, rows, settings).holdOut().get(0);
      }
      case "switched" -> new PairTask(pairs, DPO, new FrozenAdapter(replicas, LORA, values));
      case "cached" -> {
        Path file = Files.createTempFile("reference", ".safetensors");
        try (FrozenAdapter frozen = new FrozenAdapter(replicas, LORA, values)) {
          ReferenceKey key = new ReferenceKey("model", "data", "template");
          yield new PairTask(pairs, DPO, ReferenceCache.compute(replicas, frozen, pairs, Batching.padded(2, 1), file, key));
        } finally {
          Files.delete(file);
        }
      }
      default -> throw new IllegalArgumentException(way);
    };
  }

  private static void step(Replicas replicas, Task task) {
    replicas.accumulate(List.of(task), task.size(), new long[1]);
    replicas.first().clearGradients();
  }

  private static void race(Replicas replicas, Map<String, float[]> values, List<PreferenceRow> pairs, int turns) throws IOException {
    Map<String, Task> ways = new LinkedHashMap<>();
    Map<String, double[]> times = new LinkedHashMap<>();
    for (String way : List.of("sft", "cached", "switched")) {
      ways.put(way, task(replicas, values, pairs, way));
      times.put(way, new double[turns]);
      step(replicas, ways.get(way));
    }
    for (int turn = 0; turn < turns; turn++) {
      for (Map.Entry<String, Task> way : ways.entrySet()) {
        long start = PROCESS.getProcessCpuTime();
        step(replicas, way.getValue());
        times.get(way.getKey())[turn] = (PROCESS.getProcessCpuTime() - start) / 1e9;
      }
    }
    for (String way : List.of("cached", "switched")) {
      double[] ratios = new double[turns];
      Arrays.setAll(ratios, turn -> times.get(way)[turn] / times.get("sft")[turn]);
      Arrays.sort(ratios);
      System.out.printf(
          "time of %s / sft: %.3f (%.3f to %.3f) over %d turns; sft takes %.2f s%n",
          way, ratios[turns / 2], ratios[0], ratios[turns - 1], turns, Arrays.stream(times.get("sft")).average().orElseThrow());
    }
  }

  private static void hold(Replicas replicas, Map<String, float[]> values, List<PreferenceRow> pairs, String way, int steps, int tokens)
      throws IOException {
    Task task = task(replicas, values, pairs, way);
    try (AdamW optimizer = new AdamW(replicas.first().torch(), replicas.first().parameters(), AdamWSettings.defaults(), Map.of(), 0)) {
      for (int step = 0; step < steps; step++) {
        replicas.accumulate(List.of(task), task.size(), new long[1]);
        optimizer.step(1e-4);
      }
    }
    double peak = kilobytes("VmHWM") * 1024 / 1e9;
    double parts = parts(replicas.first().decoder(), tokens, way) / 1e9;
    System.out.printf("%s: at most %.3f GB = %.3f estimated for the parts + %.3f%n", way, peak, parts, peak - parts);
  }

  /** What the estimate says without the program itself; an adapter that takes turns is there once more, as weights alone. */
  private static long parts(Decoder decoder, int tokens, String way) {
    MemoryEstimate estimate =
        MemoryEstimate.of(
            decoder.architecture(), decoder.shape(), LORA, new MemoryEstimate.Step(4, tokens, false, BasePrecision.COMPUTED, 4, 4));
    long reference = way.equals("switched") ? estimate.trainable() * Float.BYTES : 0;
    return estimate.total() - estimate.bytes().get("program and engine") + reference;
  }

  private static double kilobytes(String key) throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith(key + ":"))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }

  private static List<PreferenceRow> pairs(int tokens, int vocabulary) {
    return List.of(pair(1, tokens, vocabulary), pair(2, tokens, vocabulary));
  }

  private static PreferenceRow pair(long seed, int tokens, int vocabulary) {
    return new PreferenceRow("pair-" + seed, row(2 * seed, tokens, vocabulary), row(2 * seed + 1, tokens, vocabulary));
  }

  private static TrainingExample row(long seed, int tokens, int vocabulary) {
    return new TrainingExample("row", new Random(seed).longs(tokens + 1L, 0, vocabulary).toArray(), tokens / 2);
  }
}
