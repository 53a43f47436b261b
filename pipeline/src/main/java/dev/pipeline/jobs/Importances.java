package dev.pipeline.jobs;

import dev.pipeline.chat.ChatModel;
import dev.pipeline.chat.NegotiationPrompt;
import dev.pipeline.chat.TrainingExample;
import dev.pipeline.config.ModelConfig;
import dev.pipeline.config.PipelineConfig;
import dev.pipeline.export.importance.ImportanceFile;
import dev.pipeline.export.importance.ImportanceMatrix;
import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.Progress;
import dev.pipeline.io.StopSignal;
import dev.pipeline.model.BaseModels;
import dev.pipeline.model.Decoder;
import dev.pipeline.model.DecoderLoader;
import dev.pipeline.model.InputSquares;
import dev.pipeline.torch.MemoryLimit;
import dev.pipeline.torch.Torch;
import dev.pipeline.train.SftExamples;
import dev.pipeline.weights.ModelFolder;
import dev.pipeline.weights.StoredWeights;
import dev.pipeline.weights.gguf.GgufFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Computes importance matrices: a model reads training rows as training renders them. */
final class Importances {
  private final PipelineConfig config;
  private final StopSignal stop;
  private final Progress progress;

  Importances(PipelineConfig config, StopSignal stop, Progress progress) {
    this.config = config;
    this.stop = stop;
    this.progress = progress;
  }

  /**
   * Writes the matrix of a model.
   *
   * @param whole its merged weights as F16 GGUF, of the base's family and sizes; they are kept as
   *     training keeps the base, so that what could train it can read with it
   * @param training a file like a dataset's {@code train.jsonl}
   * @param dataset what the file calls the rows
   */
  void write(Path whole, Path training, String dataset, Path target) {
    List<long[]> rows = rows(training);
    MemoryLimit limit = MemoryNeed.limit(config.model(), MemoryAdvice.of(config)::after);
    limit.explain(
        () -> {
          ImportanceMatrix matrix = compute(whole, rows, dataset, limit);
          AtomicFiles.writePath(target, temporary -> ImportanceFile.write(temporary, matrix));
        });
  }

  private ImportanceMatrix compute(
      Path whole, List<long[]> rows, String dataset, MemoryLimit limit) {
    int longest = rows.stream().mapToInt(row -> row.length).max().orElseThrow();
    Path base = BaseModels.folder(config.model().baseModel());
    ModelFolder folder =
        new ModelFolder(
            base, ModelFolder.readConfig(base), new StoredWeights.Gguf(GgufFile.open(whole)));
    try (Torch torch = Torch.open(Engines.of(config.model()).within(limit));
        Decoder decoder =
            DecoderLoader.load(torch, folder, longest, Estimates.precision(config.sft().lora()));
        InputSquares squares = new InputSquares(torch, decoder)) {
      for (int row = 0; row < rows.size(); row++) {
        stop.check();
        progress.at(row, rows.size(), "importances by " + dataset);
        squares.add(rows.get(row));
      }
      return ImportanceMatrix.of(dataset, rows.size(), longest, squares.tokens(), squares.sums());
    }
  }

  private List<long[]> rows(Path training) {
    ModelConfig model = config.model();
    try (ChatModel chat = BaseChat.open(model)) {
      NegotiationPrompt prompt = new NegotiationPrompt(chat, model.systemPrompt());
      int length = config.sft().batch().sequenceLen();
      List<long[]> all =
          SftExamples.read(training, prompt, length, config.sft().maxRows()).examples().stream()
              .map(TrainingExample::ids)
              .toList();
      return spread(all, config.packaging().imatrixTokens());
    }
  }

  /** Of {@code all}, evenly spread, about as many as hold {@code most} tokens; at least one. */
  static List<long[]> spread(List<long[]> all, int most) {
    long tokens = all.stream().mapToLong(row -> row.length).sum();
    if (tokens <= most) {
      return all;
    }
    long wanted = Math.max(1, (long) all.size() * most / tokens);
    List<long[]> chosen = new ArrayList<>();
    for (int row = 0; row < all.size(); row++) {
      if ((row + 1) * wanted / all.size() > row * wanted / all.size()) {
        chosen.add(all.get(row));
      }
    }
    return chosen;
  }
}
