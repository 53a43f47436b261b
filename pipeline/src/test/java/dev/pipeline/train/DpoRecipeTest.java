package dev.pipeline.train;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.pipeline.chat.TrainingExample;
import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import dev.pipeline.model.AdapterFolder;
import dev.pipeline.model.BasePrecision;
import dev.pipeline.model.LoraSpec;
import dev.pipeline.model.TinyModel;
import dev.pipeline.torch.DeviceGroup;
import dev.pipeline.torch.LiveTensors;
import dev.pipeline.torch.Torch;
import dev.pipeline.train.preference.DpoLoss;
import dev.pipeline.train.preference.LengthPenalty;
import dev.pipeline.train.preference.OrpoLoss;
import dev.pipeline.train.preference.PreferenceLoss;
import dev.pipeline.train.preference.SimpoLoss;
import dev.pipeline.weights.ModelFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@Tag("recipe")
class DpoRecipeTest {
  private static final PreferenceLoss DPO = new DpoLoss(0.1, 0, LengthPenalty.NONE);
  private static final ReferenceKey KEY = new ReferenceKey("model", "data", "template");
  private static final String ADAPTER = "adapter/adapter_model.safetensors";
  private static final int UNTIL_THE_END = Integer.MAX_VALUE;

  @TempDir Path folder;

  @BeforeEach
  void tuneAnAdapter() {
    try (Torch torch = Torch.open("cpu", 1)) {
      TrainingSettings settings =
          new TrainingSettings(
              3, 4, Batching.padded(4, 2), 1e-2, 2, AdamWSettings.defaults(), false, 10, 1, 0, 0);
      LoraSpec lora = new LoraSpec(4, 8, 0.1, List.of(LoraSpec.ALL_LINEAR));
      new SftRecipe(
              torch, settings, lora, BasePrecision.COMPUTED, new StoppingMonitor(UNTIL_THE_END))
          .run(
              TinyModel.write(torch, folder.resolve("base")),
              "base",
              CountingRows.of(36, 1),
              CountingRows.of(6, 2),
              folder.resolve("sft"));
    }
  }

  static Stream<PreferenceLoss> losses() {
    return Stream.of(
        DPO, new OrpoLoss(0.5, LengthPenalty.NONE), new SimpoLoss(2, 0.5, LengthPenalty.NONE));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void thePolicyLearnsWhichAnswerIsTheBetterOne(PreferenceLoss loss) throws IOException {
    DpoRecipe.Result result = train("run", settings(8), loss, true, 1, UNTIL_THE_END);
    List<JsonNode> evaluations = lines("run", "eval_loss");
    JsonNode last = evaluations.get(evaluations.size() - 1);
    assertThat(result.steps()).isEqualTo(8 * 5);
    assertThat(last.path("eval_rewards/accuracies").asDouble()).isGreaterThanOrEqualTo(0.9);
    assertThat(last.path("eval_rewards/margins").asDouble())
        .isCloseTo(
            last.path("eval_rewards/chosen").asDouble()
                - last.path("eval_rewards/rejected").asDouble(),
            offset(1e-9));
    assertThat(last.path("eval_loss").asDouble())
        .isLessThan(evaluations.get(0).path("eval_loss").asDouble());
    assertThat(AdapterFolder.readSpec(folder.resolve("run/adapter")).dropout()).isZero();
  }

  @Test
  void theFirstStepCostsLn2AndHasNoMargin() throws IOException {
    train("run", settings(1), DPO, true, 1, UNTIL_THE_END);
    JsonNode first = lines("run", "loss").get(0);
    assertThat(first.path("loss").asDouble()).isCloseTo(Math.log(2), within(1e-6));
    assertThat(first.path("rewards/margins").asDouble()).isCloseTo(0, within(1e-6));
    assertThat(first.path("logps/chosen").asDouble()).isNegative();
  }

  @Test
  void aCachedReferenceTrainsAsOneThatTakesItsTurn() throws IOException {
    train("cached", settings(2), DPO, true, 1, UNTIL_THE_END);
    train("switched", settings(2), DPO, false, 1, UNTIL_THE_END);
    List<JsonNode> cached = lines("cached", "loss");
    List<JsonNode> switched = lines("switched", "loss");
    assertThat(cached).hasSize(10).hasSameSizeAs(switched);
    for (int step = 0; step < cached.size(); step++) {
      assertThat(cached.get(step).path("loss").asDouble())
          .isCloseTo(switched.get(step).path("loss").asDouble(), withinPercentage(1e-3));
    }
    assertThat(folder.resolve("switched/reference.safetensors")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aStoppedRunResumesToTheSameBytes(boolean precompute) throws IOException {
    train("undisturbed", settings(3), DPO, precompute, 1, UNTIL_THE_END);
    for (int stopAfter : new int[] {3, 7}) {
      assertThatThrownBy(() -> train("stopped", settings(3), DPO, precompute, 1, stopAfter))
          .isInstanceOfSatisfying(
              Failure.class,
              failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.INTERRUPTED));
    }
    train("stopped", settings(3), DPO, precompute, 1, UNTIL_THE_END);
    for (String file :
        List.of(
            ADAPTER,
            "checkpoints/step-000015/optimizer.safetensors",
            "checkpoints/step-000015/state.json")) {
      assertSameBytes("undisturbed/" + file, "stopped/" + file);
    }
  }

  @Test
  void twoDevicesMakeTheSameBytesWhereEachHasOneBatchAStep() throws IOException {
    train("one", settings(2), DPO, false, 1, UNTIL_THE_END);
    train("two", settings(2), DPO, false, 2, UNTIL_THE_END);
    assertSameBytes("one/" + ADAPTER, "two/" + ADAPTER);
  }

  @Test
  void aReferenceOfAnotherRunIsRefusedByWhatDiffers() {
    train("run", settings(1), DPO, true, 1, UNTIL_THE_END);
    Map.of(
            "model", new ReferenceKey("other", "data", "template"),
            "data", new ReferenceKey("model", "other", "template"),
            "template", new ReferenceKey("model", "data", "other"))
        .forEach(
            (part, key) ->
                assertThatThrownBy(
                        () -> train("run", settings(1), DPO, true, 1, UNTIL_THE_END, key, "base"))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("reference.safetensors")
                    .hasMessageContaining("of another " + part));
  }

  @Test
  void anAdapterOfAnotherBaseIsRefusedByName() {
    assertThatThrownBy(() -> train("run", settings(1), DPO, true, 1, UNTIL_THE_END, KEY, "another"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("adapter_config.json: the adapter was trained on \"base\"")
        .hasMessageContaining("not on another");
    assertThat(folder.resolve("run")).doesNotExist();
  }

  @Test
  void aPolicyThatIsNotTheReferenceStopsBeforeItLearns() throws IOException {
    train("run", settings(1), DPO, true, 1, UNTIL_THE_END);
    Files.createDirectories(folder.resolve("fresh"));
    Files.copy(
        folder.resolve("run/reference.safetensors"), folder.resolve("fresh/reference.safetensors"));
    Files.copy(
        folder.resolve("run/" + ADAPTER), folder.resolve("sft/" + ADAPTER), REPLACE_EXISTING);
    assertThatThrownBy(() -> train("fresh", settings(1), DPO, true, 1, UNTIL_THE_END))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("at step 0 the loss is")
        .hasMessageContaining("instead of 0.6931");
    assertThat(folder.resolve("fresh/metrics.jsonl")).doesNotExist();
  }

  @Test
  void aReferenceOfWhichOneByteChangedIsRefused() throws IOException {
    train("run", settings(1), DPO, true, 1, UNTIL_THE_END);
    Path reference = folder.resolve("run/reference.safetensors");
    byte[] bytes = Files.readAllBytes(reference);
    // The lowest bits of the last number: nothing else would notice.
    bytes[bytes.length - 4] ^= 1;
    Files.write(reference, bytes);
    assertThatThrownBy(() -> train("run", settings(1), DPO, true, 1, UNTIL_THE_END))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.fix()).contains("remove the file"))
        .hasMessageContaining("reference.safetensors is damaged");
    Files.delete(reference);
    train("run", settings(1), DPO, true, 1, UNTIL_THE_END);
  }

  private static TrainingSettings settings(int epochs) {
    return new TrainingSettings(
        11, epochs, Batching.padded(4, 2), 1e-2, 2, AdamWSettings.defaults(), false, 5, 2, 0, 0);
  }

  private DpoRecipe.Result train(
      String run,
      TrainingSettings settings,
      PreferenceLoss loss,
      boolean precompute,
      int devices,
      int stopAfter) {
    return train(run, settings, loss, precompute, devices, stopAfter, KEY, "base");
  }

  private DpoRecipe.Result train(
      String run,
      TrainingSettings settings,
      PreferenceLoss loss,
      boolean precompute,
      int devices,
      int stopAfter,
      ReferenceKey key,
      String baseName) {
    Torch[] cpus = Stream.generate(() -> Torch.open("cpu", 1)).limit(devices).toArray(Torch[]::new);
    try (DeviceGroup group = DeviceGroup.of(cpus)) {
      DpoRecipe.Start start =
          new DpoRecipe.Start(
              ModelFolder.open(folder.resolve("base")),
              baseName,
              folder.resolve("sft/adapter"),
              pairs(40, 5),
              pairs(10, 6),
              key);
      DpoRecipe recipe =
          new DpoRecipe(
              group,
              settings,
              loss,
              precompute,
              BasePrecision.COMPUTED,
              new StoppingMonitor(stopAfter));
      DpoRecipe.Result result = recipe.run(start, folder.resolve(run));
      for (Torch cpu : cpus) {
        assertThat(LiveTensors.of(cpu)).isZero();
      }
      return result;
    }
  }

  /** The better answer counts by three, the worse one by five. */
  private static List<PreferenceRow> pairs(int count, long seed) {
    Random random = new Random(seed);
    List<PreferenceRow> rows = new ArrayList<>();
    for (int pair = 0; pair < count; pair++) {
      long first = random.nextInt(50);
      rows.add(
          new PreferenceRow(
              "pair-" + pair,
              counting("pair-" + pair, first, 3, 5 + random.nextInt(8)),
              counting("pair-" + pair, first, 5, 5 + random.nextInt(8))));
    }
    return rows;
  }

  private static TrainingExample counting(String id, long first, int by, int tokens) {
    long[] ids = new long[tokens];
    ids[0] = first;
    for (int i = 1; i < tokens; i++) {
      ids[i] = (ids[i - 1] + by) % 50;
    }
    return new TrainingExample(id, ids, 1);
  }

  private List<JsonNode> lines(String run, String having) throws IOException {
    return Files.readAllLines(folder.resolve(run).resolve("metrics.jsonl")).stream()
        .map(line -> Json.mapper().readTree(line))
        .filter(line -> line.has(having))
        .toList();
  }

  private void assertSameBytes(String one, String other) throws IOException {
    assertThat(Files.mismatch(folder.resolve(one), folder.resolve(other))).as(one).isEqualTo(-1);
  }
}
