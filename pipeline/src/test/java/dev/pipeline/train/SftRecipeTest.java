package dev.pipeline.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.pipeline.chat.TrainingExample;
import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import dev.pipeline.model.BasePrecision;
import dev.pipeline.model.LoraSpec;
import dev.pipeline.model.TinyModel;
import dev.pipeline.torch.Torch;
import dev.pipeline.weights.ModelFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("recipe")
class SftRecipeTest {
  private static final TrainingSettings SETTINGS =
      new TrainingSettings(
          11, 3, Batching.padded(4, 2), 1e-2, 2, AdamWSettings.defaults(), false, 4, 2, 0, 0);
  private static final LoraSpec LORA = new LoraSpec(4, 8, 0.1, List.of(LoraSpec.ALL_LINEAR));

  @TempDir Path folder;

  @Test
  void lossFallsAndTheBestAdapterIsWritten() {
    TrainingSettings longer =
        new TrainingSettings(
            11, 30, Batching.padded(4, 2), 1e-2, 2, AdamWSettings.defaults(), false, 10, 2, 0, 0);
    SftRecipe.Result result = train("run", longer, new StoppingMonitor(Integer.MAX_VALUE));
    assertThat(result.steps()).isEqualTo(150);
    assertThat(result.bestLoss()).as("guessing costs ln 50 = 3.9").isLessThan(2.0);
    assertThat(folder.resolve("run/adapter/adapter_model.safetensors")).isRegularFile();
    assertThat(folder.resolve("run/adapter/adapter_config.json")).isRegularFile();
  }

  @ParameterizedTest
  @MethodSource
  void aStoppedRunResumesToTheSameBytes(Batching batching) throws IOException {
    TrainingSettings settings =
        new TrainingSettings(11, 3, batching, 1e-2, 2, AdamWSettings.defaults(), false, 4, 2, 0, 0);
    train("undisturbed", settings, new StoppingMonitor(Integer.MAX_VALUE));
    for (int stopAfter : new int[] {3, 7}) {
      assertThatThrownBy(() -> train("stopped", settings, new StoppingMonitor(stopAfter)))
          .isInstanceOfSatisfying(
              Failure.class,
              failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.INTERRUPTED));
    }
    train("stopped", settings, new StoppingMonitor(Integer.MAX_VALUE));
    String last = "checkpoints/step-%06d/".formatted(3 * Epoch.steps(36, batching));
    for (String file :
        List.of(
            "adapter/adapter_model.safetensors",
            last + "parameters.safetensors",
            last + "optimizer.safetensors",
            last + "state.json")) {
      assertThat(
              Files.mismatch(
                  folder.resolve("undisturbed/" + file), folder.resolve("stopped/" + file)))
          .as(file)
          .isEqualTo(-1);
    }
    assertThat(steps("stopped")).isEqualTo(steps("undisturbed"));
  }

  static Stream<Batching> aStoppedRunResumesToTheSameBytes() {
    return Stream.of(Batching.padded(4, 2), Batching.groupedByLength(4, 1));
  }

  @Test
  void recomputingLayersGivesTheSameAdapter() throws IOException {
    train("plain", SETTINGS, new StoppingMonitor(Integer.MAX_VALUE));
    TrainingSettings recomputing =
        new TrainingSettings(
            11, 3, Batching.padded(4, 2), 1e-2, 2, AdamWSettings.defaults(), true, 4, 2, 0, 0);
    train("recomputed", recomputing, new StoppingMonitor(Integer.MAX_VALUE));
    String file = "adapter/adapter_model.safetensors";
    assertThat(
            Files.mismatch(folder.resolve("plain/" + file), folder.resolve("recomputed/" + file)))
        .isEqualTo(-1);
  }

  @Test
  void howRowsAreComputedChangesTheLossByRoundingAlone() throws IOException {
    Map<String, Batching> ways =
        Map.of(
            "4x2", Batching.padded(4, 2),
            "8x1", Batching.padded(8, 1),
            "1x8", Batching.padded(1, 8),
            "packed", Batching.packed(4, 2, 40));
    LoraSpec withoutDropout = new LoraSpec(4, 8, 0, List.of(LoraSpec.ALL_LINEAR));
    Map<String, List<Double>> losses = new TreeMap<>();
    for (Map.Entry<String, Batching> way : ways.entrySet()) {
      TrainingSettings settings =
          new TrainingSettings(
              11, 3, way.getValue(), 1e-2, 2, AdamWSettings.defaults(), false, 4, 2, 0, 0);
      train(way.getKey(), settings, withoutDropout, new StoppingMonitor(Integer.MAX_VALUE));
      losses.put(way.getKey(), losses(way.getKey()));
    }
    List<Double> expected = losses.getOrDefault("8x1", List.of());
    assertThat(expected).hasSize(15);
    losses.forEach(
        (way, actual) -> {
          assertThat(actual).as(way).hasSameSizeAs(expected);
          for (int step = 0; step < expected.size(); step++) {
            assertThat(actual.get(step))
                .as("%s, step %d", way, step + 1)
                .isCloseTo(expected.get(step), withinPercentage(1e-3));
          }
        });
  }

  @Test
  void aRowWithoutTrainedTokensStopsTheRunByItsId() {
    List<TrainingExample> rows = new ArrayList<>(CountingRows.of(8, 1));
    rows.add(new TrainingExample("row-17", new long[] {1, 2, 3}, 3));
    try (Torch torch = Torch.open("cpu", 1)) {
      SftRecipe recipe =
          new SftRecipe(
              torch,
              SETTINGS,
              LORA,
              BasePrecision.COMPUTED,
              new StoppingMonitor(Integer.MAX_VALUE));
      ModelFolder base = TinyModel.write(torch, folder.resolve("base"));
      assertThatThrownBy(
              () -> recipe.run(base, "base", rows, CountingRows.of(4, 2), folder.resolve("run")))
          .hasMessageContaining("row-17");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1e-8 | 1e25 | 8 | 9 | step 2: these are no finite numbers, in rows \\[",
        "1e-8 | 1e25 | 1 | 9 | step 1: the hold-out loss after it is NaN",
        "1e-60 | 1e-2 | 8 | 9 | step 2: these are no finite numbers",
        "1e-60 | 1e-2 | 8 | 1 | step 1: the norm of the weights after it is NaN"
      })
  void numbersThatAreNoneStopTheRunAndLeaveNothingBehind(
      double epsilon, double learningRate, int saveSteps, int stopAfter, String reason) {
    AdamWSettings optimizer = new AdamWSettings(0.9, 0.999, epsilon, 0, 1);
    TrainingSettings settings =
        new TrainingSettings(
            11, 3, Batching.padded(4, 2), learningRate, 0, optimizer, false, saveSteps, 2, 0, 0);
    assertThatThrownBy(() -> train("run", settings, new StoppingMonitor(stopAfter)))
        .hasMessageMatching(
            "training diverged at "
                + reason
                + ".*\\(loss .*, grad_norm .*, learning rate [\\dE.-]+\\)")
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.exitCode()).isEqualTo(ExitCode.TRAINING_STOPPED);
              assertThat(failure.fix()).contains("learning_rate", "warmup_steps", "adam_epsilon");
            });
    assertThat(folder.resolve("run/adapter")).doesNotExist();
    assertThat(folder.resolve("run/checkpoints")).doesNotExist();
  }

  private SftRecipe.Result train(String run, TrainingSettings settings, TrainingMonitor monitor) {
    return train(run, settings, LORA, monitor);
  }

  private SftRecipe.Result train(
      String run, TrainingSettings settings, LoraSpec lora, TrainingMonitor monitor) {
    try (Torch torch = Torch.open("cpu", 1)) {
      ModelFolder base = TinyModel.write(torch, folder.resolve("base"));
      return new SftRecipe(torch, settings, lora, BasePrecision.COMPUTED, monitor)
          .run(base, "base", CountingRows.of(36, 1), CountingRows.of(6, 2), folder.resolve(run));
    }
  }

  private List<Double> losses(String run) throws IOException {
    return Files.readAllLines(folder.resolve(run + "/metrics.jsonl")).stream()
        .map(line -> Json.mapper().readTree(line))
        .filter(line -> line.has("loss"))
        .map(line -> line.get("loss").asDouble())
        .toList();
  }

  private List<String> steps(String run) throws IOException {
    return Files.readAllLines(folder.resolve(run + "/metrics.jsonl")).stream()
        .map(line -> line.substring(0, line.indexOf(',')))
        .toList();
  }
}
