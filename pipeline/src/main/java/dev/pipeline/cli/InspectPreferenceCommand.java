package dev.pipeline.cli;

import dev.pipeline.config.PipelineConfig;
import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import dev.pipeline.jobs.PreferenceInspection;
import dev.pipeline.train.PairFigures;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pipeline inspect preference}: pairs as the loss sees them. */
@Command(
    name = "preference",
    mixinStandardHelpOptions = true,
    description = {
      "Writes log-probs, rewards and loss of each preference pair as JSON.",
      "Pairs are rendered as in training, and the loss is that of dpo.yaml."
    })
final class InspectPreferenceCommand implements Callable<Integer> {
  @Mixin ConfigOptions settings = new ConfigOptions();

  @Option(
      names = "--rows",
      required = true,
      paramLabel = "FILE",
      description = {
        "Pairs like those of a preference dataset's train.jsonl.",
        "One without an id is called by the number of its line."
      })
  Path rows = Path.of("");

  @Option(names = "--out", required = true, paramLabel = "FILE")
  Path out = Path.of("");

  @Option(
      names = "--adapter",
      paramLabel = "DIR",
      description = "The policy. Default: the model's dpo adapter, or else its reference.")
  @Nullable Path adapter;

  @Option(
      names = "--reference",
      paramLabel = "DIR",
      description = {
        "The reference. Default: the model's sft adapter, or else the base alone.",
        "Not for orpo and simpo, which have none."
      })
  @Nullable Path reference;

  @Override
  public Integer call() {
    PipelineConfig config = settings.load(List.of(), "dpo");
    boolean compares = PreferenceInspection.compares(config);
    if (reference != null && !compares) {
      throw Failure.usage(
          "--reference is of no use: the loss of dpo.yaml compares with nothing",
          "leave --reference out, or set rl to a loss that has one, such as dpo");
    }
    PreferenceInspection.Models models = PreferenceInspection.Models.of(config, adapter, reference);
    List<PairFigures> pairs =
        PreferenceInspection.of(config, InputFile.of("--rows", rows), 0, models);
    AtomicFiles.writeString(out, Json.pretty(pairs));
    System.out.printf(
        Locale.ROOT,
        "wrote %d pairs to %s; policy %s%s; loss %.6f, reward margin %.6f, accuracy" + " %.3f%n",
        pairs.size(),
        out,
        named(models.policy()),
        compares ? ", reference " + named(models.reference()) : "",
        pairs.stream().mapToDouble(PairFigures::loss).average().orElseThrow(),
        pairs.stream().mapToDouble(PairFigures::margin).average().orElseThrow(),
        pairs.stream().mapToInt(pair -> pair.margin() > 0 ? 1 : 0).average().orElseThrow());
    return ExitCode.OK.status();
  }

  private static String named(@Nullable Path folder) {
    return folder == null ? "the base" : folder.toString();
  }
}
