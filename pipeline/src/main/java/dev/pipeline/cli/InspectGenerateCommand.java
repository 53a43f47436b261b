package dev.pipeline.cli;

import dev.pipeline.config.PipelineConfig;
import dev.pipeline.data.JsonLines;
import dev.pipeline.generate.Sampling;
import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Progress;
import dev.pipeline.io.StopSignal;
import dev.pipeline.jobs.AnswerInspection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pipeline inspect generate}: answers of our own engine. */
@Command(
    name = "generate",
    mixinStandardHelpOptions = true,
    description = {
      "Answers prompts on the engine that trains.",
      "In go JSON lines of id and prompt (and context), out come, in their order, lines of id,"
          + " prompt, answer, tokens and ended (stop or length)."
    })
final class InspectGenerateCommand implements Callable<Integer> {
  private final StopSignal stop;

  @Mixin ConfigOptions settings = new ConfigOptions();

  @Option(names = "--prompts", required = true, paramLabel = "FILE")
  Path prompts = Path.of("");

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      converter = OutputFile.class,
      description = "Where to write them.")
  Path out = Path.of("");

  @Option(names = "--adapter", paramLabel = "DIR", description = "An adapter on top of the base.")
  @Nullable Path adapter;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      defaultValue = "0",
      description = "0 takes the most probable token. Default: ${DEFAULT-VALUE}")
  double temperature;

  @Option(
      names = "--top-k",
      paramLabel = "COUNT",
      defaultValue = "0",
      description = "Draw from so many tokens, 0 for all. Default: ${DEFAULT-VALUE}")
  int topK;

  @Option(
      names = "--top-p",
      paramLabel = "SHARE",
      defaultValue = "1",
      description = "Draw from this share of the mass. Default: ${DEFAULT-VALUE}")
  double topP;

  @Option(
      names = "--repetition-penalty",
      paramLabel = "FACTOR",
      defaultValue = "1",
      description = "Above 1 for fewer repetitions. Default: ${DEFAULT-VALUE}")
  double repetitionPenalty;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of the draws. Default: the configured seed.")
  @Nullable Long seed;

  @Option(
      names = "--stop",
      paramLabel = "TEXT",
      description = "Ends an answer, beside stop_words and the model's own; may be repeated.")
  List<String> stopTexts = new ArrayList<>();

  @Option(
      names = "--max-new-tokens",
      paramLabel = "COUNT",
      description = "Longest answer. Default: evaluate.max_new_tokens of the configuration.")
  @Nullable Integer maxNewTokens;

  @Option(
      names = "--batch",
      defaultValue = "8",
      paramLabel = "COUNT",
      description = "Prompts to answer at once. Default: ${DEFAULT-VALUE}")
  int batch;

  InspectGenerateCommand(StopSignal stop) {
    this.stop = stop;
  }

  @Override
  public Integer call() {
    PipelineConfig config = settings.load(List.of(), "evaluate");
    List<AnswerInspection.Answer> answers;
    try (LiveProgress progress = LiveProgress.standard("generate")) {
      answers =
          AnswerInspection.of(
              config,
              InputFile.of("--prompts", prompts),
              adapter,
              answering(config),
              stoppable(progress));
    }
    JsonLines.write(out, answers);
    System.out.println("wrote " + answers.size() + " answers to " + out);
    return ExitCode.OK.status();
  }

  private AnswerInspection.Settings answering(PipelineConfig config) {
    return new AnswerInspection.Settings(
        new Sampling(
            repetitionPenalty,
            temperature,
            topK,
            topP,
            seed == null ? config.model().seed() : seed),
        stopTexts,
        maxNewTokens == null ? config.evaluate().maxNewTokens() : maxNewTokens,
        batch);
  }

  /** Nothing is written before everything is answered, so any moment is safe to stop at. */
  private Progress stoppable(Progress progress) {
    return (done, total, message) -> {
      progress.at(done, total, message);
      if (stop.isRequested()) {
        throw Failure.interrupted(
            "stopped: " + stop.reason() + "; nothing was written", "run the same command again");
      }
    };
  }
}
