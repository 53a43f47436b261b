package dev.pipeline.model;

import com.sun.management.OperatingSystemMXBean;
import dev.pipeline.torch.Scope;
import dev.pipeline.torch.Tensor;
import dev.pipeline.torch.Torch;
import dev.pipeline.weights.ModelFolder;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * The loss and its gradient in chunks and at once: CPU time, and the memory that each takes at its peak. It is in the model's package to
 * call the model's own parts.
 *
 * <pre>
 * LossChunks MODEL TOKENS PAIRS
 * </pre>
 */
public final class LossChunks {
  private static final OperatingSystemMXBean PROCESS = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  public static void main(String[] arguments) throws IOException {
    int tokens = Integer.parseInt(arguments[1]);
    int pairs = Integer.parseInt(arguments[2]);
    LoraSpec lora = new LoraSpec(16, 32, 0, List.of(LoraSpec.ALL_LINEAR));
    try (Torch torch = Torch.open("cpu", 1);
        Decoder decoder = DecoderLoader.load(torch, ModelFolder.open(Path.of(arguments[0])), tokens);
        LoraAdapter adapter = LoraAdapter.initialise(torch, decoder, lora, 1);
        Scope scope = torch.root().inner()) {
      DirectGradients gradients = new DirectGradients(torch, decoder, adapter);
      Random random = new Random(1);
      Tensor x = torch.withoutGradient(() -> decoder.embed(scope, ids(scope, random, tokens, decoder)));
      Tensor targets = ids(scope, random, tokens, decoder);
      int[] chunks = {decoder.lossChunk(), tokens};
      double[] ratios = new double[pairs];
      long[] peaks = new long[2];
      double[] losses = new double[2];
      for (int pair = -1; pair < pairs; pair++) {
        double[] times = new double[2];
        for (int turn = 0; turn < 2; turn++) {
          int chosen = (pair + 2 + turn) % 2;
          Files.writeString(Path.of("/proc/self/clear_refs"), "5");
          long before = kilobytes("VmRSS");
          long start = PROCESS.getProcessCpuTime();
          try (Scope inner = scope.inner()) {
            losses[chosen] = gradients.loss(inner, x, targets, tokens, tokens, chunks[chosen]).loss();
          }
          times[chosen] = PROCESS.getProcessCpuTime() - start;
          peaks[chosen] = kilobytes("VmHWM") - before;
        }
        if (pair >= 0) {
          ratios[pair] = times[0] / times[1];
        }
      }
      Arrays.sort(ratios);
      System.out.printf(
          "vocabulary %d, %d targets: chunks of %d take %.3f of the time (%.3f to %.3f, %d pairs), %.0f MB at most beside %.0f MB (1/%.1f); losses %.6f and %.6f%n",
          decoder.shape().vocabulary(), tokens, chunks[0], ratios[pairs / 2], ratios[0], ratios[pairs - 1], pairs,
          peaks[0] / 1e3, peaks[1] / 1e3, 1.0 * peaks[1] / peaks[0], losses[0], losses[1]);
    }
  }

  private static Tensor ids(Scope scope, Random random, int tokens, Decoder decoder) {
    return scope.longs(random.longs(tokens, 0, decoder.shape().vocabulary()).toArray(), 1, tokens);
  }

  private static long kilobytes(String key) throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith(key + ":"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}
