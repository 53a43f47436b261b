package dev.pipeline.train;

import dev.pipeline.chat.TrainingExample;
import dev.pipeline.io.Failure;
import dev.pipeline.model.BasePrecision;
import dev.pipeline.model.LoraSpec;
import dev.pipeline.model.TinyModel;
import dev.pipeline.torch.EngineSettings;
import dev.pipeline.torch.MemoryLimit;
import dev.pipeline.torch.Torch;
import java.nio.file.Path;
import java.util.List;

/** A process that trains on 60,000 rows at once, which takes 3 GB. */
final class ScarceMemory {
  private ScarceMemory() {}

  /** Takes a folder; says how it went as the command line does. */
  public static void main(String[] arguments) {
    MemoryLimit limit = MemoryLimit.none((used, most) -> "take fewer rows");
    try {
      limit.explain(() -> train(Path.of(arguments[0]), limit));
    } catch (Failure failure) {
      System.out.println(failure.reason() + "\n" + failure.fix());
      System.exit(failure.exitCode().status());
    }
  }

  private static void train(Path folder, MemoryLimit limit) {
    List<TrainingExample> rows = CountingRows.of(60_000, 1);
    TrainingSettings settings =
        new TrainingSettings(
            11,
            1,
            Batching.padded(rows.size(), 1),
            1e-2,
            0,
            AdamWSettings.defaults(),
            false,
            1,
            1,
            0,
            0);
    LoraSpec lora = new LoraSpec(4, 8, 0.1, List.of(LoraSpec.ALL_LINEAR));
    try (Torch torch = Torch.open(EngineSettings.of("cpu", 1).within(limit))) {
      new SftRecipe(
              torch, settings, lora, BasePrecision.COMPUTED, new StoppingMonitor(Integer.MAX_VALUE))
          .run(TinyModel.write(torch, folder), "base", rows, rows, folder.resolve("run"));
    }
  }
}
