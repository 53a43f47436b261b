package dev.pipeline.jobs;

import dev.pipeline.chat.ChatModel;
import dev.pipeline.chat.NegotiationPrompt;
import dev.pipeline.config.ModelConfig;
import dev.pipeline.config.PipelineConfig;
import dev.pipeline.data.JsonLines;
import dev.pipeline.generate.Continuation;
import dev.pipeline.generate.Ended;
import dev.pipeline.generate.Generator;
import dev.pipeline.generate.Prompt;
import dev.pipeline.generate.Sampling;
import dev.pipeline.generate.StopTokens;
import dev.pipeline.generate.Stops;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Progress;
import dev.pipeline.model.AdapterFolder;
import dev.pipeline.model.Architectures;
import dev.pipeline.model.BaseModels;
import dev.pipeline.model.Decoder;
import dev.pipeline.model.DecoderLoader;
import dev.pipeline.model.LoraAdapter;
import dev.pipeline.torch.Torch;
import dev.pipeline.weights.ModelFolder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the configured base, or an adapter on it, answers to prompts, on our own engine. */
public final class AnswerInspection {
  private AnswerInspection() {}

  /**
   * A line of the file of prompts.
   *
   * @param id names it
   * @param prompt the message to answer
   * @param context what precedes it, as in a curated row, or null
   */
  public record Question(String id, String prompt, @Nullable String context) {}

  /**
   * A line of the file of answers.
   *
   * @param answer its text, without what stopped it
   * @param tokens all tokens that were written, a stop token included
   */
  public record Answer(String id, String prompt, String answer, List<Long> tokens, Ended ended) {
    public Answer {
      tokens = List.copyOf(tokens);
    }
  }

  /**
   * How answers are made.
   *
   * @param stopTexts texts that end an answer beside the stop tokens and words of the model
   * @param maxNewTokens longest answer
   * @param batch prompts to answer at once
   */
  public record Settings(Sampling sampling, List<String> stopTexts, int maxNewTokens, int batch) {
    public Settings {
      positive("--max-new-tokens", maxNewTokens);
      positive("--batch", batch);
      stopTexts = List.copyOf(stopTexts);
    }

    private static void positive(String option, int value) {
      if (value < 1) {
        throw Failure.usage(option + " " + value, "give a number of at least 1");
      }
    }
  }

  /**
   * Answers every line of {@code prompts}, rendered as in training.
   *
   * @param adapter folder of an adapter, or null for the base alone
   */
  public static List<Answer> of(
      PipelineConfig config,
      Path prompts,
      @Nullable Path adapter,
      Settings settings,
      Progress progress) {
    ModelConfig model = config.model();
    List<Question> questions = questions(prompts);
    ModelFolder base = ModelFolder.open(BaseModels.folder(model.baseModel()));
    try (ChatModel chat = BaseChat.open(model)) {
      List<Prompt> rendered = render(chat, model.systemPrompt(), questions);
      List<String> texts =
          Stream.concat(model.base().stopWords().stream(), settings.stopTexts().stream()).toList();
      Stops stops = new Stops(StopTokens.of(base), texts, chat.tokenizer()::decode);
      List<Continuation> made =
          generate(config, base, adapter, stops, settings, rendered, progress);
      return IntStream.range(0, made.size())
          .mapToObj(
              i -> {
                Continuation row = made.get(i);
                String prompt = questions.get(i).prompt();
                return new Answer(row.id(), prompt, stops.text(row), row.tokens(), row.ended());
              })
          .toList();
    }
  }

  private static List<Continuation> generate(
      PipelineConfig config,
      ModelFolder base,
      @Nullable Path adapter,
      Stops stops,
      Settings settings,
      List<Prompt> prompts,
      Progress progress) {
    int longest = prompts.stream().mapToInt(prompt -> prompt.tokens().size()).max().orElse(0);
    int length = length(longest, settings.maxNewTokens(), positions(base));
    try (Torch torch = Torch.open(Engines.of(config.model()));
        Decoder decoder =
            DecoderLoader.load(torch, base, length, Estimates.precision(config.sft().lora()));
        LoraAdapter tuned =
            adapter == null
                ? null
                : AdapterFolder.read(torch, decoder.architecture(), decoder.shape(), adapter)) {
      return new Generator(
              torch,
              decoder,
              tuned,
              settings.sampling(),
              stops,
              settings.maxNewTokens(),
              settings.batch())
          .generate(prompts, progress);
    }
  }

  private static int positions(ModelFolder base) {
    return Architectures.of(base.config(), base.configName())
        .shape(base.config(), base.configName())
        .maxPositions();
  }

  private static int length(int longest, int maxNewTokens, int positions) {
    if (maxNewTokens > positions - longest) {
      throw Failure.refused(
          "the longest prompt takes %d tokens, with %d new ones more than the model's %d"
              .formatted(longest, maxNewTokens, positions),
          "shorten the prompts or lower --max-new-tokens");
    }
    return longest + maxNewTokens;
  }

  private static List<Question> questions(Path file) {
    List<Question> questions = JsonLines.read(file, Question.class);
    for (int i = 0; i < questions.size(); i++) {
      Question question = questions.get(i);
      if (question.id() == null || question.prompt() == null) {
        throw Failure.refused(
            file + " line " + (i + 1) + " lacks id or prompt",
            "write it like {\"id\": \"1\", \"prompt\": \"The mill closed for a week.\"}");
      }
    }
    if (questions.isEmpty()) {
      throw Failure.refused(file + " holds no prompt", "write one JSON object a line");
    }
    return questions;
  }

  private static List<Prompt> render(
      ChatModel chat, String systemPrompt, List<Question> questions) {
    NegotiationPrompt template = new NegotiationPrompt(chat, systemPrompt);
    return questions.stream()
        .map(
            question -> {
              String context = question.context() == null ? "" : question.context();
              refuseControlTokens(chat, question.id(), context + "\n" + question.prompt());
              String text = template.text(context, question.prompt());
              return new Prompt(
                  question.id(), Arrays.stream(chat.tokenizer().encode(text)).boxed().toList());
            })
        .toList();
  }

  private static void refuseControlTokens(ChatModel chat, String id, String text) {
    chat.controlTokenIn(text)
        .ifPresent(
            token -> {
              throw Failure.refused(
                  "prompt " + id + " contains the control token " + token,
                  "remove it; it would end or forge a message");
            });
  }
}
