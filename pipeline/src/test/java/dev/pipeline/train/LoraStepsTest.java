package dev.pipeline.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.chat.TrainingExample;
import dev.pipeline.io.Json;
import dev.pipeline.model.BasePrecision;
import dev.pipeline.model.Decoder;
import dev.pipeline.model.DecoderLoader;
import dev.pipeline.model.LoraAdapter;
import dev.pipeline.model.LoraSpec;
import dev.pipeline.torch.EngineSettings;
import dev.pipeline.torch.ScalarType;
import dev.pipeline.torch.Torch;
import dev.pipeline.weights.ModelFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * Fifty steps against transformers and PEFT: the same base, adapter, rows, order and optimiser; the
 * losses come from {@code scripts/peers/lora_steps.py}.
 */
@Tag("recipe")
class LoraStepsTest {
  private static final Path BASE = Path.of("../artifacts/base");
  private static final Path GOLDEN = Path.of("src/test/resources/golden/lora_steps.json");
  private static final double TOLERANCE = 1e-5;
  private static final int STEPS = 50;
  private static final int ROWS_A_STEP = 8;
  private static final int PACKED = 0;

  /** In tokens: all rows of a step in one. */
  private static final int LONGEST = 256;

  private static Torch torch;
  private static JsonNode golden;

  @BeforeAll
  static void load() throws IOException {
    torch = Torch.open("cpu", 1);
    golden = Json.mapper().readTree(Files.readString(GOLDEN));
  }

  @AfterAll
  static void close() {
    torch.close();
  }

  @ParameterizedTest
  @CsvSource({
    "lora, false, false, COMPUTED",
    "rslora, true, false, COMPUTED",
    "dora, false, true, COMPUTED",
    "qlora, false, false, NF4"
  })
  void lossesAreThoseOfPeft(
      String run, boolean rankStabilised, boolean decomposed, BasePrecision precision) {
    LoraSpec spec = spec(rankStabilised, decomposed);
    assertClose(train(new Run(spec, precision, ROWS_A_STEP, false, STEPS)), expected(run));
  }

  @ParameterizedTest
  @CsvSource({"false, COMPUTED", "true, COMPUTED", "false, NF4", "true, NF4"})
  void recomputingLayersChangesNoBit(boolean decomposed, BasePrecision precision) {
    LoraSpec spec = spec(false, decomposed);
    assertThat(train(new Run(spec, precision, ROWS_A_STEP, true, 5)))
        .isEqualTo(train(new Run(spec, precision, ROWS_A_STEP, false, 5)));
  }

  @Test
  void eightMicroBatchesOfOneAreOneOfEight() {
    LoraSpec spec = spec(false, false);
    assertClose(train(new Run(spec, BasePrecision.COMPUTED, 1, false, STEPS)), expected("lora"));
  }

  @Test
  void rowsPackedIntoOneAreRowsSideBySide() {
    Run packed = new Run(spec(false, false), BasePrecision.COMPUTED, PACKED, false, STEPS);
    assertClose(train(packed), expected("lora"));
  }

  @Test
  void sixteenBitsStayNear() {
    LoraSpec spec = spec(false, false);
    Run run = new Run(spec, BasePrecision.COMPUTED, ROWS_A_STEP, false, STEPS);
    try (Torch narrow = Torch.open(EngineSettings.of("cpu", 1).in(ScalarType.BFLOAT16))) {
      double[] losses = train(narrow, run);
      assertThat(farthest(losses, expected("lora"))).isBetween(1e-5, 0.02);
      Run recomputed = new Run(spec, BasePrecision.COMPUTED, ROWS_A_STEP, true, 5);
      assertThat(train(narrow, recomputed)).isEqualTo(Arrays.copyOf(losses, 5));
    }
  }

  /**
   * How the golden rows are trained on.
   *
   * @param microBatch rows computed at once, of {@value #ROWS_A_STEP} a step; {@link #PACKED} for
   *     all of them one after the other in a single row
   */
  private record Run(
      LoraSpec spec, BasePrecision precision, int microBatch, boolean checkpointing, int steps) {}

  /** The loss of every step. */
  private static double[] train(Run run) {
    return train(torch, run);
  }

  private static double[] train(Torch torch, Run run) {
    double[] losses = new double[run.steps()];
    CosineSchedule schedule =
        new CosineSchedule(
            golden.path("settings").path("learning_rate").asDouble(),
            golden.path("settings").path("warmup_steps").asInt(),
            STEPS);
    try (Decoder decoder =
            DecoderLoader.load(torch, ModelFolder.open(BASE), LONGEST, run.precision());
        LoraAdapter adapter = adapter(torch, decoder, run.spec());
        AdamW optimizer = new AdamW(torch, adapter.parameters(), adam(), Map.of(), 0)) {
      GradientPass pass = new GradientPass(torch, decoder, adapter, run.checkpointing(), 0);
      for (int step = 0; step < losses.length; step++) {
        List<Batch> batches = batches(golden.path("order").path(step), run.microBatch());
        double total = batches.stream().mapToInt(Batch::trainedTokens).sum();
        for (Batch batch : batches) {
          losses[step] += pass.accumulate(batch, total, 0);
        }
        optimizer.step(schedule.at(step));
      }
    }
    return losses;
  }

  private static AdamWSettings adam() {
    return new AdamWSettings(
        0.9,
        0.999,
        1e-8,
        golden.path("settings").path("weight_decay").asDouble(),
        golden.path("settings").path("max_grad_norm").asDouble());
  }

  private static List<Batch> batches(JsonNode step, int microBatch) {
    List<TrainingExample> rows = new ArrayList<>();
    for (JsonNode index : step) {
      JsonNode row = golden.path("rows").path(index.asInt());
      long[] ids = row.path("ids").valueStream().mapToLong(JsonNode::asLong).toArray();
      rows.add(new TrainingExample("row-" + index.asInt(), ids, row.path("first_trained").asInt()));
    }
    if (microBatch == PACKED) {
      return List.of(Batch.packed(rows));
    }
    List<Batch> batches = new ArrayList<>();
    for (int from = 0; from < rows.size(); from += microBatch) {
      batches.add(Batch.of(rows.subList(from, from + microBatch)));
    }
    return batches;
  }

  /** A fresh adapter whose A and B follow from their names, as in lora_steps.py. */
  private static LoraAdapter adapter(Torch torch, Decoder decoder, LoraSpec spec) {
    Map<String, float[]> values = new HashMap<>();
    try (LoraAdapter fresh = LoraAdapter.initialise(torch, decoder, spec, 1)) {
      fresh
          .parameters()
          .forEach(
              (name, tensor) ->
                  values.put(
                      name,
                      name.endsWith(".weight")
                          ? values(name, (int) tensor.elements())
                          : tensor.toFloats()));
    }
    return LoraAdapter.of(torch, decoder.architecture(), decoder.shape(), spec, values);
  }

  private static float[] values(String name, int count) {
    int state = 0;
    for (byte character : name.getBytes(StandardCharsets.US_ASCII)) {
      state = state * 31 + character;
    }
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      state = state * 1664525 + 1013904223;
      values[i] = (float) (((state >>> 8) * 0x1p-24 - 0.5) / 10);
    }
    return values;
  }

  private static LoraSpec spec(boolean rankStabilised, boolean decomposed) {
    JsonNode settings = golden.path("settings");
    return new LoraSpec(
        settings.path("r").asInt(),
        settings.path("lora_alpha").asInt(),
        0,
        List.of(LoraSpec.ALL_LINEAR),
        rankStabilised,
        decomposed);
  }

  private static double[] expected(String run) {
    return golden.path("losses").path(run).valueStream().mapToDouble(JsonNode::asDouble).toArray();
  }

  private static void assertClose(double[] ours, double[] theirs) {
    assertThat(farthest(ours, theirs)).isLessThan(TOLERANCE);
  }

  /** The largest relative difference of a step. */
  private static double farthest(double[] ours, double[] theirs) {
    assertThat(ours).hasSameSizeAs(theirs);
    double farthest = 0;
    for (int i = 0; i < ours.length; i++) {
      farthest = Math.max(farthest, Math.abs(ours[i] / theirs[i] - 1));
    }
    return farthest;
  }
}
