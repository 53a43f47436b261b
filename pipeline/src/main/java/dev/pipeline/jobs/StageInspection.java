package dev.pipeline.jobs;

import dev.pipeline.chat.ChatModel;
import dev.pipeline.chat.NegotiationPrompt;
import dev.pipeline.chat.TrainingExample;
import dev.pipeline.config.ModelConfig;
import dev.pipeline.config.PipelineConfig;
import dev.pipeline.data.JsonLines;
import dev.pipeline.data.Sample;
import dev.pipeline.evaluate.stage.Stage;
import dev.pipeline.evaluate.stage.StageBisect;
import dev.pipeline.export.LlamaBuild;
import dev.pipeline.export.llama.LlamaProcess;
import dev.pipeline.io.Failure;
import dev.pipeline.model.AdapterFolder;
import dev.pipeline.model.BaseModels;
import dev.pipeline.model.BasePrecision;
import dev.pipeline.model.Decoder;
import dev.pipeline.model.DecoderLoader;
import dev.pipeline.model.Logits;
import dev.pipeline.model.LoraAdapter;
import dev.pipeline.release.Release;
import dev.pipeline.release.ReleaseLog;
import dev.pipeline.release.Training;
import dev.pipeline.torch.Torch;
import dev.pipeline.weights.ModelFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The same rows through the model as trained, merged, as F16 and as it is served. */
public final class StageInspection {
  /** Positions of an answer that are looked at; its start alone would hide what comes later. */
  private static final int[] INTO_ANSWER = {0, 4, 12};

  private StageInspection() {}

  /**
   * The files of a model.
   *
   * @param adapter what training left
   * @param whole its merged weights as F16 GGUF
   * @param served the quantised GGUF
   */
  public record ModelStages(Path adapter, Path whole, Path served) {}

  /**
   * The adapter that the released model was made from; what lies in the folder of another training
   * is of no use in a comparison.
   */
  public static Path releasedAdapter(ModelConfig model) {
    Path folder = Workspace.of(model).model();
    Optional<Release> release = new ReleaseLog(folder).current();
    Optional<String> made = release.map(Release::training).map(Training::adapter);
    if (made.isEmpty()) {
      return folder.resolve(Road.SFT.trainer());
    }
    return Stream.of(Road.values())
        .map(road -> folder.resolve(road.trainer()))
        .filter(adapter -> Files.exists(adapter) && Digests.of(adapter).equals(made.get()))
        .findFirst()
        .orElseThrow(
            () ->
                Failure.usage(
                    "the adapter that release "
                        + release.map(Release::version).orElse(0)
                        + " was made from is no longer in "
                        + folder,
                    "name it with --adapter, or release the present one with pipeline run release"));
  }

  /**
   * Compares the stages.
   *
   * @param rows a file like a dataset's {@code validation.jsonl}
   * @param most rows of it to take
   */
  public static StageBisect of(PipelineConfig config, ModelStages files, Path rows, int most) {
    for (Path file : List.of(files.adapter(), files.whole(), files.served())) {
      if (!Files.exists(file)) {
        throw Failure.usage(
            "there is no " + file, "pipeline run release makes it, or name another");
      }
    }
    List<long[]> sequences = sequences(config, rows, most);
    Map<Stage, List<float[]>> logits = new EnumMap<>(Stage.class);
    Path base = config.model().baseModel();
    logits.put(Stage.TRAINED, engine(config.model(), base, files.adapter(), sequences));
    logits.put(Stage.MERGED, engine(config.model(), files.whole(), null, sequences));
    logits.put(Stage.F16, llama(config, files.whole(), sequences));
    logits.put(Stage.QUANTISED, llama(config, files.served(), sequences));
    return StageBisect.of(logits);
  }

  private static List<long[]> sequences(PipelineConfig config, Path file, int most) {
    List<Sample> rows = JsonLines.read(file, Sample.class);
    List<long[]> sequences = new ArrayList<>();
    try (ChatModel chat = BaseChat.open(config.model())) {
      NegotiationPrompt prompt = new NegotiationPrompt(chat, config.model().systemPrompt());
      int length = config.sft().batch().sequenceLen();
      for (Sample row : rows.subList(0, Math.min(most, rows.size()))) {
        String context =
            prompt.fit(row.id(), row.context(), row.instruction(), row.idealAnswer(), length);
        TrainingExample whole =
            prompt.example(row.id(), context, row.instruction(), row.idealAnswer());
        for (int into : INTO_ANSWER) {
          int end = whole.firstTrained() + into;
          if (end < whole.ids().length) {
            sequences.add(Arrays.copyOf(whole.ids(), end));
          }
        }
      }
    }
    return sequences;
  }

  /** In float32 on the CPU, so that nothing but the weights differs. */
  private static List<float[]> engine(
      ModelConfig model, Path weights, @Nullable Path adapter, List<long[]> sequences) {
    int longest = sequences.stream().mapToInt(ids -> ids.length).max().orElse(1);
    ModelFolder folder = ModelFolder.open(BaseModels.folder(weights));
    try (Torch torch = Torch.open("cpu", model.threadCount());
        Decoder decoder = DecoderLoader.load(torch, folder, longest, BasePrecision.COMPUTED);
        LoraAdapter tuned =
            adapter == null
                ? null
                : AdapterFolder.read(torch, decoder.architecture(), decoder.shape(), adapter)) {
      int vocabulary = decoder.shape().vocabulary();
      return sequences.stream()
          .map(
              ids -> {
                float[] all = Logits.of(torch, decoder, tuned, ids);
                return Arrays.copyOfRange(all, all.length - vocabulary, all.length);
              })
          .toList();
    }
  }

  private static List<float[]> llama(PipelineConfig config, Path gguf, List<long[]> sequences) {
    int longest = sequences.stream().mapToInt(ids -> ids.length).max().orElse(1);
    try (LlamaProcess llama = new LlamaBuild(config.packaging().llamaLibrary()).start()) {
      llama.load(gguf, longest, config.model().threadCount());
      return sequences.stream()
          .map(ids -> llama.logits(Arrays.stream(ids).mapToInt(Math::toIntExact).toArray()))
          .toList();
    }
  }
}
