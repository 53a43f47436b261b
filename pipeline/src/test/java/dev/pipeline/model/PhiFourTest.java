package dev.pipeline.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.config.ConfigLoader;
import dev.pipeline.config.PipelineConfig;
import dev.pipeline.torch.Scope;
import dev.pipeline.torch.Tensor;
import dev.pipeline.torch.Torch;
import dev.pipeline.weights.ModelFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Phi-4's true config over sparse files of zeros: 29 GB that take no room on the disk. */
@Tag("recipe")
class PhiFourTest {
  @TempDir Path folder;

  private ModelFolder base;
  private Architecture architecture;
  private DecoderShape shape;

  @BeforeEach
  void writeSparseFolder() throws IOException {
    SparsePhiFour.write(folder);
    base = ModelFolder.open(folder);
    architecture = Architectures.of(base.config(), "config.json");
    shape = architecture.shape(base.config(), "config.json");
  }

  @Test
  void everyWeightIsFoundWithItsShape() {
    DecoderLoader.validate(base);
    assertThat(base.weights().count()).isEqualTo(40 * 6 + 3);
  }

  @Test
  void theShippedConfigFitsAnA100With40Gigabytes() {
    PipelineConfig config =
        ConfigLoader.load(
            Path.of("../configs/phi4-joshi"), List.of("model_registry=../configs/models"), "sft");
    LoraSpec lora =
        new LoraSpec(
            config.sft().lora().loraR(),
            config.sft().lora().loraAlpha(),
            config.sft().lora().loraDropout(),
            config.sft().lora().loraTargetModules());
    MemoryEstimate estimate =
        MemoryEstimate.of(
            architecture,
            shape,
            lora,
            new MemoryEstimate.Step(
                config.sft().batch().microBatchSize(),
                config.sft().batch().sequenceLen(),
                config.sft().batch().gradientCheckpointing(),
                BasePrecision.COMPUTED,
                2,
                2));
    assertThat(estimate.parameters()).isEqualTo(14_659_507_200L);
    assertThat(estimate.trainable()).isEqualTo(222_822_400L);
    assertThat(estimate.total()).as(estimate.bytes().toString()).isLessThan(40_000_000_000L);
  }

  @Test
  void twoLayersRun() {
    try (Torch torch = Torch.open("cpu", 2);
        Decoder decoder = DecoderLoader.load(torch, base, 16, 2);
        Scope scope = torch.root().inner()) {
      float[] logits =
          torch.withoutGradient(
              () -> {
                Tensor x = decoder.embed(scope, scope.longs(new long[] {1, 2, 3, 100_351}, 1, 4));
                for (int layer = 0; layer < 2; layer++) {
                  x = decoder.layer(scope, layer, x, null, 0);
                }
                return decoder.logits(scope, x).toFloats();
              });
      assertThat(logits).hasSize(4 * 100_352).containsOnly(0f);
    }
  }
}
