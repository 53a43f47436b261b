package dev.pipeline.cli;

import dev.pipeline.config.ModelConfig;
import dev.pipeline.config.PipelineConfig;
import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Json;
import dev.pipeline.jobs.LossInspection;
import dev.pipeline.model.AdapterFolder;
import dev.pipeline.model.BaseModels;
import dev.pipeline.model.BasePrecision;
import dev.pipeline.model.Decoder;
import dev.pipeline.model.DecoderLoader;
import dev.pipeline.model.LogitsFile;
import dev.pipeline.model.LoraAdapter;
import dev.pipeline.torch.Torch;
import dev.pipeline.train.RowLoss;
import dev.pipeline.weights.ModelFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pipeline inspect}: our numbers in files, to be compared with another stack's. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      InspectGenerateCommand.class,
      InspectPreferenceCommand.class,
      InspectQuantisationsCommand.class,
      InspectStagesCommand.class
    },
    description = "Writes logits, losses and answers, to compare with other software.")
final class InspectCommand {
  @Command(
      description = {
        "Writes the logits of token sequences as safetensors.",
        "They are called logits_0, logits_1 and so on, each float32 [tokens, vocabulary]."
      },
      mixinStandardHelpOptions = true)
  int logits(
      @Option(names = "--base", required = true, paramLabel = "DIR", description = "The model.")
          Path base,
      @Option(names = "--adapter", paramLabel = "DIR", description = "An adapter on top of it.")
          @Nullable Path adapter,
      @Option(
              names = "--tokens",
              required = true,
              paramLabel = "FILE",
              description = "JSON: a list of lists of token ids.")
          Path tokens,
      @Option(
              names = "--out",
              required = true,
              paramLabel = "FILE",
              converter = OutputFile.class,
              description = "Where to write them.")
          Path out,
      @Option(names = "--load-in-4bit", description = "Quantise the base's layers to NF4.")
          boolean loadIn4bit,
      @Option(
              names = "--device",
              defaultValue = "cpu",
              paramLabel = "NAME",
              description = "cpu, cuda or auto. Default: ${DEFAULT-VALUE}")
          String device) {
    List<long[]> sequences = TokenSequences.read(InputFile.of("--tokens", tokens));
    int longest = sequences.stream().mapToInt(ids -> ids.length).max().orElseThrow();
    ModelFolder folder = ModelFolder.open(BaseModels.folder(base));
    BasePrecision precision = loadIn4bit ? BasePrecision.NF4 : BasePrecision.COMPUTED;
    try (Torch torch = Torch.open(device, ModelConfig.DEFAULTS.threadCount());
        Decoder decoder = DecoderLoader.load(torch, folder, longest, precision)) {
      if (adapter == null) {
        new LogitsFile(torch, decoder, null).write(out, sequences);
      } else {
        try (LoraAdapter loaded =
            AdapterFolder.read(torch, decoder.architecture(), decoder.shape(), adapter)) {
          new LogitsFile(torch, decoder, loaded).write(out, sequences);
        }
      }
    }
    System.out.println("wrote logits of " + sequences.size() + " sequences to " + out);
    return ExitCode.OK.status();
  }

  @Command(
      description = {
        "Writes the loss of each row as JSON, with its token ids and what of them is trained.",
        "Rows are rendered as in training."
      },
      mixinStandardHelpOptions = true)
  int loss(
      @Mixin ConfigOptions settings,
      @Option(names = "--adapter", paramLabel = "DIR", description = "An adapter on top of it.")
          @Nullable Path adapter,
      @Option(
              names = "--rows",
              required = true,
              paramLabel = "FILE",
              description = "Rows like those of a dataset's train.jsonl.")
          Path rows,
      @Option(
              names = "--out",
              required = true,
              paramLabel = "FILE",
              converter = OutputFile.class,
              description = "Where to write them.")
          Path out) {
    PipelineConfig config = settings.load(List.of(), "sft");
    List<RowLoss> losses = LossInspection.of(config, InputFile.of("--rows", rows), adapter);
    AtomicFiles.writeString(out, Json.pretty(losses));
    double mean =
        losses.stream().mapToDouble(row -> row.loss() * row.trainedTokens()).sum()
            / losses.stream().mapToInt(RowLoss::trainedTokens).sum();
    System.out.printf(
        Locale.ROOT, "wrote %d rows to %s; %.6f nats a trained token%n", losses.size(), out, mean);
    return ExitCode.OK.status();
  }
}
