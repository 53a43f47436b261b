package dev.pipeline.track.wandb;

import com.sun.management.OperatingSystemMXBean;
import dev.pipeline.chat.TrainingExample;
import dev.pipeline.model.BasePrecision;
import dev.pipeline.model.LoraSpec;
import dev.pipeline.torch.Torch;
import dev.pipeline.track.TrackedRun;
import dev.pipeline.train.AdamWSettings;
import dev.pipeline.train.Batching;
import dev.pipeline.train.SftRecipe;
import dev.pipeline.train.TrainingMonitor;
import dev.pipeline.train.TrainingSettings;
import dev.pipeline.weights.ModelFolder;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * One training whose steps are sent live in every second block of them: what a block with tracking costs beside the one without next
 * to it, in CPU time of the process and by the clock, as the median of the pairs' ratios. The server is another process.
 *
 * <pre>
 * TrackingCost MODEL FOLDER SERVER PAIRS STEPS INTERVAL
 * </pre>
 */
public final class TrackingCost implements TrainingMonitor {
  private static final OperatingSystemMXBean PROCESS = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private static final int WARM_UP = 20;

  private final Path folder;
  private final Destination destination;
  private final int pairs;
  private final int steps;
  private final Duration interval;
  private final double[][] cpu;
  private final double[][] clock;
  private TrackedRun run;
  private LiveUpload live;
  private long cpuBefore;
  private long clockBefore;
  private long rows;

  private TrackingCost(Path folder, Destination destination, int pairs, int steps, Duration interval) {
    this.folder = folder;
    this.destination = destination;
    this.pairs = pairs;
    this.steps = steps;
    this.interval = interval;
    this.cpu = new double[pairs][2];
    this.clock = new double[pairs][2];
  }

  public static void main(String[] arguments) {
    Path folder = Path.of(arguments[1]);
    int pairs = Integer.parseInt(arguments[3]);
    int steps = Integer.parseInt(arguments[4]);
    WandbServer server = WandbServer.of(Map.of("WANDB_API_KEY", System.getenv("WANDB_API_KEY"), "WANDB_BASE_URL", arguments[2])).orElseThrow();
    TrackingCost cost =
        new TrackingCost(folder, Destination.of(server, "", "cost"), pairs, steps, Duration.ofSeconds(Long.parseLong(arguments[5])));
    int total = WARM_UP + 2 * pairs * steps + 1;
    try (Torch torch = Torch.open("cpu", 1)) {
      TrainingSettings settings =
          new TrainingSettings(1, 1, Batching.padded(4, 1), 2e-4, 5, AdamWSettings.defaults(), false, 1_000_000, 1, 0, 0);
      List<TrainingExample> rows = IntStream.range(0, 4 * total).mapToObj(i -> row(i)).toList();
      new SftRecipe(torch, settings, new LoraSpec(16, 32, 0, List.of(LoraSpec.ALL_LINEAR)), BasePrecision.COMPUTED, cost)
          .run(ModelFolder.open(Path.of(arguments[0])), "base", rows, rows.subList(0, 4), folder);
    }
    cost.report();
  }

  @Override
  public void step(Progress progress) {
    int done = progress.step() - WARM_UP;
    if (done >= 0 && done % steps == 0) {
      int block = done / steps;
      if (block > 0) {
        close(block - 1);
      }
      if (block < 2 * pairs) {
        open(block);
      }
    }
  }

  /** Pairs begin in turns with and without. */
  private static boolean isTracked(int block) {
    return block % 2 == (block / 2) % 2;
  }

  private void open(int block) {
    if (isTracked(block)) {
      run = TrackedRun.begin(folder, "cost", "sft", "cost", List.of());
      live = LiveUpload.start(folder, run, destination, interval);
    }
    clockBefore = System.nanoTime();
    cpuBefore = PROCESS.getProcessCpuTime();
  }

  private void close(int block) {
    int way = isTracked(block) ? 0 : 1;
    cpu[block / 2][way] = (PROCESS.getProcessCpuTime() - cpuBefore) / 1e9;
    clock[block / 2][way] = (System.nanoTime() - clockBefore) / 1e9;
    if (way == 0) {
      LiveUpload.Ending ending = live.end(run, Duration.ofSeconds(30));
      rows = ending.sent().orElseThrow(() -> new IllegalStateException(ending.trouble().orElse("nothing sent"))).rows();
    }
  }

  private void report() {
    print("CPU time", cpu);
    print("clock", clock);
    System.out.printf("%d rows at the server, a look every %d s%n", rows, interval.toSeconds());
  }

  private void print(String what, double[][] times) {
    double[] ratios = Arrays.stream(times).mapToDouble(pair -> pair[0] / pair[1]).sorted().toArray();
    double mean = Arrays.stream(times).mapToDouble(pair -> pair[1]).average().orElse(0);
    System.out.printf(
        "with / without tracking, %s: %.4f (%.4f to %.4f) over %d pairs of %d steps; without: %.2f s%n",
        what, ratios[pairs / 2], ratios[0], ratios[pairs - 1], pairs, steps, mean);
  }

  private static TrainingExample row(int seed) {
    return new TrainingExample("row " + seed, new Random(seed).longs(128, 0, 4096).toArray(), 1);
  }

  @Override
  public void evaluated(int step, double loss, boolean best) {}

  @Override
  public boolean stopRequested() {
    return false;
  }
}
