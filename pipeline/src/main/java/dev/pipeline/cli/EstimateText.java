package dev.pipeline.cli;

import dev.pipeline.config.PipelineConfig;
import dev.pipeline.jobs.DeviceEstimate;
import dev.pipeline.model.MemoryEstimate;
import java.time.Duration;
import java.util.Locale;

/** An estimate for people: a name and a figure a line. */
final class EstimateText {
  private static final double GIGA = 1e9;

  private EstimateText() {}

  /** What training takes anywhere, in rows of {@code length} tokens. */
  static String of(MemoryEstimate estimate, int length) {
    StringBuilder text = new StringBuilder();
    line(text, "parameters", "%,d", estimate.parameters());
    line(text, "trained parameters", "%,d", estimate.trainable());
    line(text, "work a token, of " + length, "%.3f GFLOP", estimate.flopsPerToken() / GIGA);
    estimate.bytes().forEach((part, bytes) -> line(text, part, "%.3f GB", bytes / GIGA));
    line(text, "memory in all", "%.3f GB", estimate.total() / GIGA);
    return text.toString();
  }

  /** What the settings allow, where they do. */
  static String limit(MemoryEstimate estimate, PipelineConfig config) {
    StringBuilder text = new StringBuilder();
    config
        .model()
        .memoryLimit()
        .ifPresent(
            limit -> {
              line(text, "memory_limit", "%.3f GB", limit.bytes() / GIGA);
              line(text, "enough", "%s", estimate.total() <= limit.bytes() ? "yes" : "NO");
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
    StringBuilder text = new StringBuilder(of(estimate.training(), estimate.meanTokens()));
    if (estimate.deviceMemory() != null) {
      line(text, "memory of the device", "%.3f GB", estimate.deviceMemory() / GIGA);
      line(text, "enough", "%s", Boolean.TRUE.equals(estimate.fits()) ? "yes" : "NO");
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

  private static String time(double seconds) {
    if (seconds < 1) {
      return String.format(Locale.ROOT, "%.1f ms", 1000 * seconds);
    }
    return Durations.text(Duration.ofMillis(Math.round(seconds * 1000)));
  }

  private static void line(StringBuilder text, String name, String format, Object value) {
    String figure = String.format(Locale.ROOT, format, value);
    text.append(String.format(Locale.ROOT, "%-40s %21s%n", name, figure));
  }
}
