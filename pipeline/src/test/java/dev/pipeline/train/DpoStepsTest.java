package dev.pipeline.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.chat.TrainingExample;
import dev.pipeline.io.Json;
import dev.pipeline.model.BasePrecision;
import dev.pipeline.model.Decoder;
import dev.pipeline.model.DecoderLoader;
import dev.pipeline.model.LoraAdapter;
import dev.pipeline.model.LoraSpec;
import dev.pipeline.torch.Torch;
import dev.pipeline.train.preference.DpoLoss;
import dev.pipeline.train.preference.LengthPenalty;
import dev.pipeline.train.preference.PreferenceLoss;
import dev.pipeline.weights.ModelFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * Thirty steps of DPO against TRL's trainer: the same base, adapter, pairs, order and optimiser;
 * the curve comes from {@code scripts/peers/dpo_steps.py}.
 */
@Tag("recipe")
class DpoStepsTest {
  private static final Path BASE = Path.of("../artifacts/base");
  private static final Path GOLDEN = Path.of("src/test/resources/golden/dpo_steps.json");
  private static final double TOLERANCE = 1e-4;
  private static final int LONGEST = 64;

  /** Pairs that go through the model at once, of four a step. */
  @ParameterizedTest
  @ValueSource(ints = {4, 1})
  void lossAndMarginAreThoseOfTrl(int together) throws IOException {
    JsonNode golden = Json.mapper().readTree(Files.readString(GOLDEN));
    List<Share> steps = train(golden, together);
    JsonNode expected = golden.path("steps");
    double largest =
        expected
            .valueStream()
            .mapToDouble(step -> Math.abs(step.path("margin").asDouble()))
            .max()
            .orElseThrow();
    assertThat(steps).hasSize(30).hasSize(expected.size());
    assertThat(largest).as("the policy moves").isGreaterThan(0.2);
    for (int step = 0; step < steps.size(); step++) {
      double loss = expected.path(step).path("loss").asDouble();
      double margin = expected.path(step).path("margin").asDouble();
      assertThat(Math.abs(steps.get(step).loss() / loss - 1))
          .as("loss of step %d", step)
          .isLessThan(TOLERANCE);
      double found = Objects.requireNonNull(steps.get(step).metrics().get("rewards/margins"));
      assertThat(Math.abs(found - margin) / largest)
          .as("margin of step %d", step)
          .isLessThan(TOLERANCE);
    }
  }

  private static List<Share> train(JsonNode golden, int together) {
    JsonNode settings = golden.path("settings");
    int perStep = settings.path("pairs_a_step").asInt();
    CosineSchedule schedule =
        new CosineSchedule(
            settings.path("learning_rate").asDouble(),
            settings.path("warmup_steps").asInt(),
            golden.path("steps").size());
    AdamWSettings adam =
        new AdamWSettings(
            0.9,
            0.999,
            1e-8,
            settings.path("weight_decay").asDouble(),
            settings.path("max_grad_norm").asDouble());
    LoraSpec spec =
        new LoraSpec(
            settings.path("r").asInt(),
            settings.path("lora_alpha").asInt(),
            0,
            List.of(LoraSpec.ALL_LINEAR));
    PreferenceLoss loss = new DpoLoss(settings.path("beta").asDouble(), 0, LengthPenalty.NONE);
    TrainingSettings none =
        new TrainingSettings(0, 1, Batching.padded(together, 1), 1, 0, adam, false, 1, 1, 0, 0);
    try (Torch torch = Torch.open("cpu", 1)) {
      Decoder decoder =
          DecoderLoader.load(torch, ModelFolder.open(BASE), LONGEST, BasePrecision.COMPUTED);
      Map<String, float[]> values = values(torch, decoder, spec);
      LoraAdapter policy =
          LoraAdapter.of(torch, decoder.architecture(), decoder.shape(), spec, values);
      try (Replicas replicas = new Replicas(List.of(new Replica(torch, decoder, policy, none)));
          FrozenAdapter reference = new FrozenAdapter(replicas, spec, values);
          AdamW optimizer = new AdamW(torch, policy.parameters(), adam, Map.of(), 0)) {
        return IntStream.range(0, golden.path("steps").size())
            .mapToObj(
                step -> {
                  List<PreferenceRow> pairs = pairs(golden, step * perStep, perStep);
                  List<Task> tasks =
                      Batching.padded(together, 1).parts(pairs, PreferenceRow::length).stream()
                          .<Task>map(part -> new PairTask(part, loss, reference))
                          .toList();
                  Share share =
                      Share.sum(replicas.accumulate(tasks, perStep, new long[tasks.size()]));
                  optimizer.step(schedule.at(step));
                  return share;
                })
            .toList();
      }
    }
  }

  private static List<PreferenceRow> pairs(JsonNode golden, int from, int count) {
    return IntStream.range(from, from + count)
        .mapToObj(
            index -> {
              JsonNode pair = golden.path("pairs").path(index);
              return new PreferenceRow(
                  "pair-" + index, example(pair, index, 1), example(pair, index, 2));
            })
        .toList();
  }

  private static TrainingExample example(JsonNode pair, int index, int answer) {
    long[] prompt = ids(pair.path(0));
    long[] all =
        LongStream.concat(LongStream.of(prompt), LongStream.of(ids(pair.path(answer)))).toArray();
    return new TrainingExample("pair-" + index, all, prompt.length);
  }

  private static long[] ids(JsonNode list) {
    return list.valueStream().mapToLong(JsonNode::asLong).toArray();
  }

  /** A and B follow from their names, as in lora_steps.py. */
  private static Map<String, float[]> values(Torch torch, Decoder decoder, LoraSpec spec) {
    Map<String, float[]> values = new HashMap<>();
    try (LoraAdapter fresh = LoraAdapter.initialise(torch, decoder, spec, 1)) {
      fresh
          .parameters()
          .forEach((name, tensor) -> values.put(name, values(name, (int) tensor.elements())));
    }
    return values;
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
}
