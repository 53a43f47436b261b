package dev.pipeline.jobs;

import dev.pipeline.chat.ChatModel;
import dev.pipeline.chat.NegotiationPrompt;
import dev.pipeline.config.ModelConfig;
import dev.pipeline.config.PipelineConfig;
import dev.pipeline.config.PreferencesConfig;
import dev.pipeline.data.JsonLines;
import dev.pipeline.data.Sample;
import dev.pipeline.generate.Continuation;
import dev.pipeline.generate.Generator;
import dev.pipeline.generate.Prompt;
import dev.pipeline.generate.Sampling;
import dev.pipeline.generate.StopTokens;
import dev.pipeline.generate.Stops;
import dev.pipeline.io.Progress;
import dev.pipeline.model.AdapterFolder;
import dev.pipeline.model.BaseModels;
import dev.pipeline.model.Decoder;
import dev.pipeline.model.DecoderLoader;
import dev.pipeline.model.LoraAdapter;
import dev.pipeline.torch.Torch;
import dev.pipeline.weights.ModelFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a model itself answers to curated rows: a file a batch, each whole or absent, so that a
 * killed run loses one batch.
 */
final class SampledAnswers {
  private final RunContext run;
  private final String name;
  private final @Nullable Path adapter;
  private final double temperature;
  private final List<List<Sample>> batches;

  private SampledAnswers(
      RunContext run, String name, @Nullable Path adapter, double temperature, List<Sample> rows) {
    this.run = run;
    this.name = name;
    this.adapter = adapter;
    this.temperature = temperature;
    int size = run.config().preferences().samplingBatch();
    this.batches =
        IntStream.iterate(0, start -> start < rows.size(), start -> start + size)
            .mapToObj(start -> rows.subList(start, Math.min(rows.size(), start + size)))
            .toList();
  }

  /** The base model's, drawn at a high temperature. */
  static SampledAnswers ofBase(RunContext run, List<Sample> rows) {
    double temperature = run.config().preferences().samplingTemperature();
    return new SampledAnswers(run, "answers", null, temperature, rows);
  }

  /** The fine-tuned model's. */
  static SampledAnswers ofTuned(RunContext run, List<Sample> rows) {
    double temperature = run.config().preferences().onPolicyTemperature();
    Path adapter = run.output("sft", SftJob.ADAPTER);
    return new SampledAnswers(run, "on-policy-answers", adapter, temperature, rows);
  }

  /** An answer and the row it answers. */
  record Answered(Sample row, String answer) {}

  /** All answers, in the rows' order, once they are written. */
  List<Answered> read() {
    return IntStream.range(0, batches.size())
        .mapToObj(batch -> JsonLines.read(file(batch), Answered.class))
        .flatMap(List::stream)
        .toList();
  }

  /** Writes the batches that are not there; loads the model only if there are some. */
  void write() {
    List<Integer> missing =
        IntStream.range(0, batches.size())
            .filter(batch -> !Files.exists(file(batch)))
            .boxed()
            .toList();
    if (missing.isEmpty()) {
      return;
    }
    PipelineConfig config = run.config();
    ModelConfig model = config.model();
    ModelFolder base = ModelFolder.open(BaseModels.folder(model.baseModel()));
    int length = config.sft().batch().sequenceLen();
    try (ChatModel chat = BaseChat.open(model);
        Torch torch = Torch.open(Engines.of(model));
        Decoder decoder =
            DecoderLoader.load(torch, base, length, Estimates.precision(config.sft().lora()));
        LoraAdapter tuned =
            adapter == null
                ? null
                : AdapterFolder.read(torch, decoder.architecture(), decoder.shape(), adapter)) {
      Stops stops =
          new Stops(StopTokens.of(base), model.base().stopWords(), chat.tokenizer()::decode);
      Generator generator = generator(torch, decoder, tuned, stops);
      int room = length - config.preferences().samplingMaxNewTokens();
      Renderer renderer = renderer(chat, model, room);
      for (int batch : missing) {
        run.stop().check();
        run.progress().at(batch, batches.size(), "batches of answers");
        JsonLines.write(file(batch), answers(batches.get(batch), renderer, room, generator, stops));
      }
    }
  }

  private Generator generator(
      Torch torch, Decoder decoder, @Nullable LoraAdapter tuned, Stops stops) {
    PreferencesConfig preferences = run.config().preferences();
    return new Generator(
        torch,
        decoder,
        tuned,
        new Sampling(1, temperature, 0, 1, run.config().model().seed()),
        stops,
        preferences.samplingMaxNewTokens(),
        preferences.samplingBatch());
  }

  /** Turns a row into the tokens of its prompt. */
  @FunctionalInterface
  private interface Renderer {
    long[] tokens(Sample row);
  }

  private static Renderer renderer(ChatModel chat, ModelConfig model, int room) {
    NegotiationPrompt prompt = new NegotiationPrompt(chat, model.systemPrompt());
    return row -> {
      String context = prompt.fit(row.id(), row.context(), row.instruction(), "", room);
      return chat.tokenizer().encode(prompt.text(context, row.instruction()));
    };
  }

  /** A row whose prompt leaves no room for an answer, even without context, has none. */
  private static List<Answered> answers(
      List<Sample> rows, Renderer renderer, int room, Generator generator, Stops stops) {
    List<Sample> asked = new ArrayList<>();
    List<Prompt> prompts = new ArrayList<>();
    for (Sample row : rows) {
      long[] tokens = renderer.tokens(row);
      if (tokens.length <= room) {
        asked.add(row);
        prompts.add(new Prompt(row.id(), Arrays.stream(tokens).boxed().toList()));
      }
    }
    List<Continuation> written = generator.generate(prompts, Progress.SILENT);
    return IntStream.range(0, written.size())
        .mapToObj(i -> new Answered(asked.get(i), stops.text(written.get(i)).strip()))
        .toList();
  }

  private Path file(int batch) {
    return run.folder().resolve("%s-%04d.jsonl".formatted(name, batch));
  }
}
