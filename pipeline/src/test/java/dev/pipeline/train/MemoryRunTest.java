package dev.pipeline.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import dev.pipeline.model.BasePrecision;
import dev.pipeline.model.LoraSpec;
import dev.pipeline.model.TinyModel;
import dev.pipeline.torch.EngineSettings;
import dev.pipeline.torch.MemoryLimit;
import dev.pipeline.torch.Torch;
import dev.pipeline.weights.ModelFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training that takes more memory than it may, or than there is. */
@Tag("recipe")
class MemoryRunTest {
  private static final TrainingSettings SETTINGS =
      new TrainingSettings(
          11, 3, Batching.padded(4, 2), 1e-2, 2, AdamWSettings.defaults(), false, 4, 2, 0, 0);
  private static final LoraSpec LORA = new LoraSpec(4, 8, 0.1, List.of(LoraSpec.ALL_LINEAR));
  private static final int FLOATS = 100_000_000;

  @TempDir Path folder;

  @Test
  void stopsAboveItsLimitAndContinuesFromTheLastCheckpoint() throws IOException {
    run("undisturbed", MemoryLimit.none(), torch -> step -> {});
    MemoryLimit limit =
        MemoryLimit.of("memory_limit", resident() + 250_000_000L, (used, most) -> "save memory");
    assertThatThrownBy(
            () ->
                run(
                    "limited",
                    limit,
                    torch ->
                        step -> {
                          if (step == 6) {
                            torch.root().full(1f, FLOATS);
                          }
                        }))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.exitCode()).isEqualTo(ExitCode.TRAINING_STOPPED);
              assertThat(failure.reason())
                  .startsWith("training took ")
                  .endsWith(" GB; the last checkpoint is kept");
              assertThat(failure.fix()).isEqualTo("save memory");
            });
    assertThat(folder.resolve("limited/checkpoints/step-000004/manifest.json")).exists();
    assertThat(folder.resolve("limited/adapter")).doesNotExist();
    run("limited", MemoryLimit.none(), torch -> step -> {});
    String adapter = "adapter/adapter_model.safetensors";
    assertThat(
            Files.mismatch(
                folder.resolve("undisturbed/" + adapter), folder.resolve("limited/" + adapter)))
        .isEqualTo(-1);
  }

  @Test
  void seesWhatWasTakenBetweenTwoLooks() {
    MemoryLimit limit =
        MemoryLimit.of("memory_limit", resident() + 250_000_000L, (used, most) -> "save memory");
    assertThatThrownBy(
            () ->
                run(
                    "limited",
                    limit,
                    torch ->
                        step -> {
                          if (step == 2) {
                            torch.root().full(1f, FLOATS).close();
                          }
                        }))
        .hasMessageContaining("memory_limit is");
  }

  @Test
  void stopsWhileWeightsAreLoaded() {
    MemoryLimit limit = MemoryLimit.of("memory_limit", 1_000_000, (used, most) -> "save memory");
    assertThatThrownBy(() -> run("limited", limit, torch -> step -> {}))
        .hasMessageContaining("memory_limit is 0.00 GB");
    assertThat(folder.resolve("limited/metrics.jsonl")).doesNotExist();
  }

  @Test
  void anAllocationThatFailsIsExplained() {
    MemoryLimit limit = MemoryLimit.none((used, most) -> "save memory");
    assertThatThrownBy(
            () ->
                limit.explain(
                    () ->
                        run(
                            "failing",
                            limit,
                            torch ->
                                step -> {
                                  if (step == 6) {
                                    torch.root().full(1f, 1L << 46);
                                  }
                                })))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.exitCode()).isEqualTo(ExitCode.TRAINING_STOPPED);
              assertThat(failure.reason())
                  .isEqualTo(
                      "memory ran out: training asked for 281474.98 GB more; the last checkpoint is"
                          + " kept");
              assertThat(failure.fix()).isEqualTo("save memory");
            });
    assertThat(folder.resolve("failing/checkpoints/step-000004/manifest.json")).exists();
  }

  @Test
  void aMachineWithTooLittleMemoryIsExplained() throws Exception {
    // The kernel refuses this child more than 1.2 GB of heap, engine and tensors together.
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process child =
        new ProcessBuilder(
                "bash",
                "-c",
                "ulimit -d 1200000; exec \"$0\" -Xmx128m -XX:+UseSerialGC -cp \"$1\" \"$2\" \"$3\"",
                java,
                System.getProperty("java.class.path"),
                ScarceMemory.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(child.waitFor()).as(said).isEqualTo(ExitCode.TRAINING_STOPPED.status());
    assertThat(said).contains("memory ran out: training asked for 0.").contains("take fewer rows");
  }

  /** What happens after a step of the run that computes with this engine. */
  private interface Disturbance {
    IntConsumer in(Torch torch);
  }

  private void run(String name, MemoryLimit limit, Disturbance disturbance) {
    try (Torch torch = Torch.open(EngineSettings.of("cpu", 1).within(limit))) {
      ModelFolder base = TinyModel.write(torch, folder.resolve("base"));
      new SftRecipe(
              torch, SETTINGS, LORA, BasePrecision.COMPUTED, new AfterStep(disturbance.in(torch)))
          .run(base, "base", CountingRows.of(36, 1), CountingRows.of(6, 2), folder.resolve(name));
    }
  }

  private static long resident() {
    try {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record AfterStep(IntConsumer work) implements TrainingMonitor {
    @Override
    public void step(Progress progress) {
      work.accept(progress.step());
    }

    @Override
    public void evaluated(int step, double loss, boolean best) {}

    @Override
    public boolean stopRequested() {
      return false;
    }
  }
}
