package dev.pipeline.train;

import dev.pipeline.chat.TrainingExample;
import dev.pipeline.model.BasePrecision;
import dev.pipeline.model.Decoder;
import dev.pipeline.model.DecoderLoader;
import dev.pipeline.model.LoraAdapter;
import dev.pipeline.model.LoraSpec;
import dev.pipeline.model.MemoryEstimate;
import dev.pipeline.torch.Torch;
import dev.pipeline.weights.ModelFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Optimiser steps of a random batch, and what the process then held at most beside what was estimated. It is in the trainer's package
 * to call the trainer's own parts.
 *
 * <pre>
 * StepMemory MODEL ROWS TOKENS STEPS THREADS [checkpointing] [nf4]
 * </pre>
 */
public final class StepMemory {
  public static void main(String[] arguments) throws IOException {
    int rows = Integer.parseInt(arguments[1]);
    int tokens = Integer.parseInt(arguments[2]);
    int steps = Integer.parseInt(arguments[3]);
    List<String> options = List.of(arguments).subList(5, arguments.length);
    BasePrecision precision = options.contains("nf4") ? BasePrecision.NF4 : BasePrecision.COMPUTED;
    boolean checkpointing = options.contains("checkpointing");
    LoraSpec lora = new LoraSpec(16, 32, 0, List.of(LoraSpec.ALL_LINEAR));
    long start = System.nanoTime();
    try (Torch torch = Torch.open("cpu", Integer.parseInt(arguments[4]));
        Decoder decoder = DecoderLoader.load(torch, ModelFolder.open(Path.of(arguments[0])), tokens, precision);
        LoraAdapter adapter = LoraAdapter.initialise(torch, decoder, lora, 1);
        AdamW optimizer = new AdamW(torch, adapter.parameters(), AdamWSettings.defaults(), Map.of(), 0)) {
      double load = seconds(start);
      GradientPass pass = new GradientPass(torch, decoder, adapter, checkpointing, 0);
      Batch batch = Batch.of(IntStream.range(0, rows).mapToObj(row -> row(row, tokens, decoder.shape().vocabulary())).toList());
      long early = 0;
      double loss = 0;
      start = System.nanoTime();
      for (int step = 0; step < steps; step++) {
        loss = pass.accumulate(batch, batch.trainedTokens(), step);
        optimizer.step(1e-4);
        if (step == Math.max(1, steps / 20)) {
          early = kilobytes("VmRSS");
        } else if (steps >= 1000 && (step + 1) % (steps / 4) == 0) {
          System.out.printf("%d: %.3f GB; ", step + 1, kilobytes("VmRSS") * 1024 / 1e9);
        }
      }
      MemoryEstimate estimate =
          MemoryEstimate.of(
              decoder.architecture(), decoder.shape(), lora, new MemoryEstimate.Step(rows, tokens, checkpointing, precision, 4, 4));
      double peak = kilobytes("VmHWM") * 1024.0 / 1e9;
      double parts = (estimate.total() - estimate.bytes().get("program and engine")) / 1e9;
      System.out.printf(
          "%.2f s a step, load %.1f s, loss %.4f; RSS %.3f GB after %d steps, %.3f GB after %d; at most %.3f GB = %.3f estimated for the parts + %.3f%n",
          seconds(start) / steps, load, loss, early * 1024 / 1e9, Math.max(1, steps / 20) + 1, kilobytes("VmRSS") * 1024 / 1e9, steps,
          peak, parts, peak - parts);
    }
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }

  private static TrainingExample row(int seed, int tokens, int vocabulary) {
    return new TrainingExample("row", new Random(seed).longs(tokens + 1L, 0, vocabulary).toArray(), 1);
  }

  private static long kilobytes(String key) throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith(key + ":"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}
