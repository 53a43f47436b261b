package dev.pipeline.track.wandb;

import dev.pipeline.io.AtomicFiles;
import dev.pipeline.track.TrackedRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A run's folder as a training leaves it, with as many metrics as a test wants. */
final class LocalRun {
  private final Path folder;
  private final TrackedRun run;

  LocalRun(Path folder, String id) {
    this.folder = folder;
    AtomicFiles.writeString(
        folder.resolve("run.json"),
        "{\"code\":\"c0de\",\"settings SftConfig\":\"{\\\"lora_r\\\":8}\",\"output curate dataset\":\"d1\"}");
    this.run = TrackedRun.begin(folder, id, "sft", "smoke-joshi", List.of("nightly"));
    metrics("");
  }

  Path folder() {
    return folder;
  }

  TrackedRun run() {
    return run;
  }

  /** Writes the metrics anew, as a run that resumes does. */
  void metrics(String text) {
    AtomicFiles.writeString(folder.resolve(TrackedRun.METRICS), text);
  }

  /** Appends steps, every tenth with a look at the held-out rows. */
  void steps(int from, int to) {
    StringBuilder text = new StringBuilder();
    for (int step = from; step < to; step++) {
      text.append(line(step, 1000));
      if (step % 10 == 0) {
        text.append("{\"eval_loss\":%d.5,\"step\":%d,\"time\":5}\n".formatted(step, step));
      }
    }
    try {
      Files.writeString(folder.resolve(TrackedRun.METRICS), text, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String line(int step, int tokensPerSecond) {
    return String.format(
        Locale.ROOT,
        "{\"loss\":%d.25,\"step\":%d,\"time\":1700000000.5,\"tokens_per_second\":%d}%n",
        step,
        step,
        tokensPerSecond);
  }

  /** The run, ended, with a file. */
  TrackedRun ended(int exitCode) {
    AtomicFiles.writeString(folder.resolve("adapter/adapter_config.json"), "{\"r\":8}");
    return run.end(
        folder,
        TrackedRun.End.now(
            exitCode,
            Map.of("best_loss", 1.5),
            Map.of("adapter/adapter_config.json", "adapter/adapter_config.json")));
  }
}
