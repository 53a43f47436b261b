package dev.pipeline.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pipeline.chat.TrainingExample;
import dev.pipeline.model.Decoder;
import dev.pipeline.model.DecoderLoader;
import dev.pipeline.model.LoraAdapter;
import dev.pipeline.model.LoraSpec;
import dev.pipeline.model.TinyModel;
import dev.pipeline.torch.Scope;
import dev.pipeline.torch.Tensor;
import dev.pipeline.torch.Torch;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("recipe")
class NoiseTest {
  private static final Batch BATCH =
      Batch.of(
          List.of(
              new TrainingExample("long", new long[] {1, 4, 7, 10, 13, 16, 19, 22}, 2),
              new TrainingExample("short", new long[] {2, 5, 8}, 1)));

  @TempDir Path folder;

  private Torch torch;
  private Decoder decoder;

  @BeforeEach
  void load() {
    torch = Torch.open("cpu", 1);
    decoder = DecoderLoader.load(torch, TinyModel.write(torch, folder), 16);
  }

  @AfterEach
  void close() {
    decoder.close();
    torch.close();
  }

  @Test
  void noiseIsAFunctionOfTheSeedAndOnlyThereInTraining() {
    double quiet = loss(0, false, 1);
    assertThat(loss(5, false, 1)).isNotCloseTo(quiet, within(1e-3));
    assertThat(loss(5, false, 1)).isEqualTo(loss(5, false, 1)).isNotEqualTo(loss(5, false, 2));
    assertThat(loss(5, true, 1)).as("recomputed").isEqualTo(loss(5, false, 1));
    assertThat(pass(5, false).evaluate(BATCH)).isEqualTo(pass(0, false).evaluate(BATCH));
  }

  @Test
  void noiseIsUniformWithinItsBounds() {
    try (Scope scope = torch.root().inner()) {
      torch.seed(1);
      Tensor silence = scope.full(0f, 2, 2, 5000);
      Tensor bounds = scope.floats(new float[] {0.5f, 1, 2, 4}, 2, 2);
      float[] noise = decoder.noisy(scope, silence, bounds).toFloats();
      for (int position = 0; position < 4; position++) {
        double bound = Math.pow(2, position - 1);
        double smallest = 0;
        double largest = 0;
        double squares = 0;
        for (int i = 0; i < 5000; i++) {
          float value = noise[position * 5000 + i];
          smallest = Math.min(smallest, value);
          largest = Math.max(largest, value);
          squares += value * value;
        }
        assertThat(smallest).isBetween(-bound, -0.99 * bound);
        assertThat(largest).isBetween(0.99 * bound, bound);
        assertThat(squares / 5000).isCloseTo(bound * bound / 3, within(0.05 * bound * bound));
      }
    }
  }

  private double loss(double alpha, boolean checkpointing, long seed) {
    return pass(alpha, checkpointing).accumulate(BATCH, BATCH.trainedTokens(), seed);
  }

  private GradientPass pass(double alpha, boolean checkpointing) {
    LoraSpec spec = new LoraSpec(2, 4, 0, List.of(LoraSpec.ALL_LINEAR));
    LoraAdapter adapter = LoraAdapter.initialise(torch, decoder, spec, 1);
    return new GradientPass(torch, decoder, adapter, checkpointing, alpha);
  }
}
