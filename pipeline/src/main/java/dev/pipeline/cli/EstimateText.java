package dev.pipeline.cli;

import dev.pipeline.config.PipelineConfig;
import dev.pipeline.jobs.DeviceEstimate;
import dev.pipeline.model.MemoryEstimate;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/** An estimate for people: a name a line, and the figures of {@code sft} and {@code dpo}. */
record EstimateText(MemoryEstimate sft, MemoryEstimate dpo) {
  private static final double GIGA = 1e9;

  /** What training takes anywhere, in rows of {@code length} tokens. */
  String of(int length) {
    StringBuilder text = new StringBuilder();
    both(text, "", "sft", "dpo");
    line(text, "parameters", "%,d", sft.parameters());
    line(text, "trained parameters", "%,d", sft.trainable());
    line(text, "work a token, of " + length, "%.3f GFLOP", sft.flopsPerToken() / GIGA);
    Set<String> parts = new LinkedHashSet<>(sft.bytes().keySet());
    parts.addAll(dpo.bytes().keySet());
    parts.forEach(part -> both(text, part, part(sft, part), part(dpo, part)));
    both(text, "memory in all", gigabytes(sft.total()), gigabytes(dpo.total()));
    return text.toString();
  }

  /** What the settings allow, where they do. */
  String limit(PipelineConfig config) {
    StringBuilder text = new StringBuilder();
    config
        .model()
        .memoryLimit()
        .ifPresent(
            limit -> {
              line(text, "memory_limit", "%.3f GB", limit.bytes() / GIGA);
              both(
                  text,
                  "enough",
                  enough(sft.total() <= limit.bytes()),
                  enough(dpo.total() <= limit.bytes()));
            });
    return text.toString();
  }

  /** Where that would be. */
  static String place(String device, PipelineConfig config) {
    String configured = config.model().device();
    return "device: "
        + device
        + (device.equals(configured)
            ? ""
            : ", taken for " + configured + " without looking for GPUs")
        + "; give --device for another, such as --device this\n";
  }

  /** What it takes on a device, and what that was assumed to reach. */
  static String of(DeviceEstimate estimate) {
    StringBuilder text =
        new StringBuilder(
            new EstimateText(estimate.training(), estimate.dpo()).of(estimate.meanTokens()));
    if (estimate.deviceMemory() != null) {
      line(text, "memory of the device", "%.3f GB", estimate.deviceMemory() / GIGA);
      both(
          text,
          "enough",
          enough(Boolean.TRUE.equals(estimate.fits())),
          enough(Boolean.TRUE.equals(estimate.dpoFits())));
    }
    line(text, "tokens a second", "%,.0f", estimate.tokensPerSecond());
    line(text, "a step", "%s", time(estimate.secondsPerStep()));
    DeviceEstimate.Run run = estimate.run();
    if (run != null) {
      line(text, "steps", "%,d", run.steps());
      line(text, "tokens of the run", "%,d", run.tokens());
      line(text, "padding beside them", "%.0f %%", 100 * Math.max(0, run.padding()));
      line(text, "the run", "%s", time(run.seconds()));
      text.append("rows: ").append(run.rows()).append('\n');
    } else {
      text.append("rows: unknown, so that all are as long as they may be; give --rows\n");
    }
    return text.append("speed: ")
        .append(
            String.format(
                Locale.ROOT,
                "an estimate: %.0f %% %s%n",
                100 * estimate.utilisation(),
                estimate.basis()))
        .toString();
  }

  private static String part(MemoryEstimate estimate, String part) {
    return estimate.bytes().containsKey(part) ? gigabytes(estimate.bytes().get(part)) : "-";
  }

  private static String gigabytes(long bytes) {
    return String.format(Locale.ROOT, "%.3f GB", bytes / GIGA);
  }

  private static String enough(boolean enough) {
    return enough ? "yes" : "NO";
  }

  private static String time(double seconds) {
    if (seconds < 1) {
      return String.format(Locale.ROOT, "%.1f ms", 1000 * seconds);
    }
    return Durations.text(Duration.ofMillis(Math.round(seconds * 1000)));
  }

  private static void line(StringBuilder text, String name, String format, Object value) {
    both(text, name, String.format(Locale.ROOT, format, value), "");
  }

  private static void both(StringBuilder text, String name, String sft, String dpo) {
    text.append(String.format(Locale.ROOT, "%-40s %21s %12s", name, sft, dpo).stripTrailing())
        .append('\n');
  }
}
