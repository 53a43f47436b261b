package dev.pipeline.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import dev.pipeline.model.AdapterFolder;
import dev.pipeline.model.BasePrecision;
import dev.pipeline.model.LoraSpec;
import dev.pipeline.model.TinyModel;
import dev.pipeline.torch.DeviceGroup;
import dev.pipeline.torch.LiveTensors;
import dev.pipeline.torch.Torch;
import dev.pipeline.weights.ModelFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several devices make what one makes. The CPU stands in for each of them. */
@Tag("recipe")
class ReplicasTest {
  private static final LoraSpec LORA = new LoraSpec(4, 8, 0.1, List.of(LoraSpec.ALL_LINEAR));
  private static final String ADAPTER = "adapter/adapter_model.safetensors";

  @TempDir Path folder;

  @Test
  void twoDevicesMakeTheSameBytesWhereEachHasOneBatchAStep() throws IOException {
    train("one", settings(2, false, 0), 1, Integer.MAX_VALUE);
    train("two", settings(2, false, 0), 2, Integer.MAX_VALUE);
    assertThat(losses("two")).isEqualTo(losses("one"));
    assertSameBytes("one", "two");
  }

  @Test
  void dropoutNoiseAndRecomputationAreThoseOfOneDevice() throws IOException {
    train("one", settings(2, true, 5), 1, Integer.MAX_VALUE);
    train("two", settings(2, true, 5), 2, Integer.MAX_VALUE);
    assertSameBytes("one", "two");
  }

  @Test
  void moreBatchesADeviceChangeTheSumsRoundingAlone() throws IOException {
    train("one", settings(8, false, 0), 1, Integer.MAX_VALUE);
    for (int devices : new int[] {2, 3}) {
      String run = "on" + devices;
      train(run, settings(8, false, 0), devices, Integer.MAX_VALUE);
      List<Double> expected = losses("one");
      assertThat(losses(run)).hasSameSizeAs(expected);
      for (int i = 0; i < expected.size(); i++) {
        assertThat(losses(run).get(i)).isCloseTo(expected.get(i), withinPercentage(1e-4));
      }
      Map<String, float[]> one = AdapterFolder.readFloats(folder.resolve("one/" + ADAPTER));
      Map<String, float[]> several = AdapterFolder.readFloats(folder.resolve(run + "/" + ADAPTER));
      one.forEach(
          (name, values) ->
              assertThat(several.get(name)).as(name).containsExactly(values, within(1e-5f)));
    }
  }

  @Test
  void aStoppedRunResumesToTheSameBytes() throws IOException {
    train("undisturbed", settings(2, false, 0), 2, Integer.MAX_VALUE);
    assertThatThrownBy(() -> train("stopped", settings(2, false, 0), 2, 5))
        .isInstanceOf(Failure.class);
    train("stopped", settings(2, false, 0), 2, Integer.MAX_VALUE);
    assertSameBytes("undisturbed", "stopped");
  }

  @Test
  void aRunContinuesOnAnotherNumberOfDevices() throws IOException {
    train("one", settings(2, false, 0), 1, Integer.MAX_VALUE);
    assertThatThrownBy(() -> train("moved", settings(2, false, 0), 2, 5))
        .isInstanceOf(Failure.class);
    train("moved", settings(2, false, 0), 1, Integer.MAX_VALUE);
    assertSameBytes("one", "moved");
  }

  private static TrainingSettings settings(int accumulation, boolean recompute, double noise) {
    return new TrainingSettings(
        11,
        3,
        Batching.padded(2, accumulation),
        1e-2,
        2,
        AdamWSettings.defaults(),
        recompute,
        4,
        2,
        0,
        noise);
  }

  private void train(String run, TrainingSettings settings, int devices, int stopAfter) {
    Torch[] cpus = Stream.generate(() -> Torch.open("cpu", 1)).limit(devices).toArray(Torch[]::new);
    try (DeviceGroup group = DeviceGroup.of(cpus)) {
      ModelFolder base = TinyModel.write(group.first(), folder.resolve("base"));
      new SftRecipe(group, settings, LORA, BasePrecision.COMPUTED, new StoppingMonitor(stopAfter))
          .run(base, "base", CountingRows.of(35, 1), CountingRows.of(7, 2), folder.resolve(run));
      for (Torch cpu : cpus) {
        assertThat(LiveTensors.of(cpu)).isZero();
      }
    }
  }

  private List<Double> losses(String run) throws IOException {
    return Files.readAllLines(folder.resolve(run + "/metrics.jsonl")).stream()
        .map(line -> Json.mapper().readTree(line))
        .map(line -> line.has("loss") ? line.get("loss") : line.get("eval_loss"))
        .map(loss -> loss.asDouble())
        .toList();
  }

  private void assertSameBytes(String one, String other) throws IOException {
    assertThat(
            Files.mismatch(
                folder.resolve(one).resolve(ADAPTER), folder.resolve(other).resolve(ADAPTER)))
        .isEqualTo(-1);
  }
}
