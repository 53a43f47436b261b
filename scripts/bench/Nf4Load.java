package dev.pipeline.train;

import dev.pipeline.model.BasePrecision;
import dev.pipeline.model.Decoder;
import dev.pipeline.model.DecoderLoader;
import dev.pipeline.torch.Torch;
import dev.pipeline.weights.ModelFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What loading a base takes at most and in the end, as the kernel counts it (VmHWM, VmRSS). nf4_load.sh calls it.
 *
 * <pre>
 * Nf4Load FOLDER PRECISION   COMPUTED or NF4
 * </pre>
 */
public final class Nf4Load {
  public static void main(String[] arguments) throws IOException {
    load(Path.of(arguments[0]), BasePrecision.valueOf(arguments[1]));
  }

  private static void load(Path folder, BasePrecision precision) throws IOException {
    try (Torch torch = Torch.open("cpu", 1)) {
      ModelFolder model = ModelFolder.open(folder);
      long before = kilobytes("VmRSS");
      // Makes the kernel forget the highest resident size so far.
      Files.writeString(Path.of("/proc/self/clear_refs"), "5");
      long started = System.nanoTime();
      try (Decoder decoder = DecoderLoader.load(torch, model, 128, precision)) {
        double seconds = (System.nanoTime() - started) / 1e9;
        long after = kilobytes("VmRSS") - before;
        long peak = kilobytes("VmHWM") - before;
        System.out.printf(
            "%s: %d layers in %.1f s, %.1f MB in the end, %.1f MB at most, ratio %.3f (engine %.1f MB)%n",
            precision, decoder.layerCount(), seconds, after / 1e3, peak / 1e3, (double) peak / after, before / 1e3);
      }
    }
  }

  private static long kilobytes(String key) throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith(key + ":"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}
