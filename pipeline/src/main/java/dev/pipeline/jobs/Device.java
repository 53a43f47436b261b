package dev.pipeline.jobs;

import dev.pipeline.config.DeviceConfig;
import dev.pipeline.config.DeviceRegistry;
import dev.pipeline.config.PipelineConfig;
import dev.pipeline.model.DecoderShape;
import dev.pipeline.torch.MatmulSpeed;
import dev.pipeline.torch.Torch;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * Where a run would take place.
 *
 * @param name what it is called
 * @param gpu whether it computes in bfloat16
 * @param flopsPerSecond floating-point operations a second at most
 * @param utilisation share of these that training is taken to reach
 * @param basis where both come from
 * @param memory its bytes, if they are known
 */
record Device(
    String name,
    boolean gpu,
    double flopsPerSecond,
    double utilisation,
    String basis,
    OptionalLong memory) {
  /** The machine this runs on. */
  static final String THIS = "this";

  private static final double GIGA = 1e9;
  private static final double TERA = 1e12;
  private static final Duration MEASURED_FOR = Duration.ofSeconds(1);

  /** Width at which half of a processor's matmul is reached: a fit to docs/benchmarks.md. */
  private static final double HALF_REACHED = 300;

  /** Narrower products do not keep a GPU busy. */
  private static final int BUSY = 2048;

  /** Nobody measured that yet. */
  private static final double GPU_SHARE = 0.4;

  /** A card of {@code registry}, or this machine. */
  static Device named(String name, DeviceRegistry registry, PipelineConfig config) {
    if (name.equals(THIS)) {
      return measured(config);
    }
    DeviceConfig known = registry.device(name, "--device");
    int width = Estimates.shape(config).hidden();
    String narrow = width < BUSY ? "; a base of width " + width + " reaches far less" : "";
    return new Device(
        name,
        true,
        known.peakTflops() * TERA,
        known.utilisation(),
        "of %s TFLOP/s; %s%s".formatted(known.peakTflops(), known.basis(), narrow),
        OptionalLong.of((long) (known.memoryGb() * GIGA)));
  }

  private static Device measured(PipelineConfig config) {
    DecoderShape shape = Estimates.shape(config);
    try (Torch torch = Torch.open(Engines.of(config.model()))) {
      double speed = MatmulSpeed.measure(torch, MEASURED_FOR);
      double share = torch.cuda() ? GPU_SHARE : shape.hidden() / (shape.hidden() + HALF_REACHED);
      String basis =
          String.format(
              Locale.ROOT,
              "of a matmul's %.0f GFLOP/s, measured here for a second; %s",
              speed / GIGA,
              torch.cuda() ? "assumed" : "what width " + shape.hidden() + " reached elsewhere");
      OptionalLong memory = torch.cuda() ? OptionalLong.empty() : OptionalLong.of(Machine.memory());
      return new Device(THIS, torch.cuda(), speed, share, basis, memory);
    }
  }
}
