package dev.pipeline.jobs;

import dev.pipeline.config.ConfigLoader;
import dev.pipeline.config.PipelineConfig;
import dev.pipeline.evaluate.drift.Transcript;
import dev.pipeline.io.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * Lets a released model answer the drift prompts with many seeds; {@code scripts/bench/drift.sh}
 * calls it.
 */
final class DriftSeeds {
  private DriftSeeds() {}

  /** One seed's answer to one prompt. */
  record Line(long seed, Transcript transcript) {}

  /** Takes how many seeds, the file to write, a configuration and settings. */
  public static void main(String[] arguments) throws IOException {
    int seeds = Integer.parseInt(arguments[0]);
    List<String> overrides = Stream.of(arguments).skip(3).toList();
    PipelineConfig config = ConfigLoader.load(Path.of(arguments[2]), overrides, "drift");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(Path.of(arguments[1])))) {
      for (long seed = 0; seed < seeds; seed++) {
        for (Transcript one : TranscriptsJob.answers(config, seed, (done, total) -> {})) {
          out.write((Json.line(new Line(seed, one)) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        System.err.println("seed " + seed);
      }
    }
    System.exit(0);
  }
}
