package dev.pipeline.cli;

import dev.pipeline.config.PipelineConfig;
import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import dev.pipeline.jobs.Workspace;
import dev.pipeline.plan.FilePlanStore;
import dev.pipeline.plan.PlanRecord;
import dev.pipeline.plan.PlanStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;

/** {@code pipeline plans record|latest|search}. */
@Command(
    name = "plans",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Looks up what was trained and why, for people and agents.")
final class PlansCommand {
  @Mixin ConfigOptions settings = new ConfigOptions();

  @Command(description = "Shows a model's newest plan.", mixinStandardHelpOptions = true)
  int latest(
      @Option(names = "--model", paramLabel = "NAME", description = "Default: model_name.")
          String model,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    PipelineConfig config = load();
    String name = model == null ? config.model().modelName() : model;
    PlanRecord plan =
        store(config)
            .latest(name)
            .orElseThrow(
                () ->
                    Failure.usage(
                        "no plan of " + name + " is recorded",
                        "run pipeline run sft, or name another model with --model"));
    Printable.print(json ? Json.pretty(plan) : plan.createdAt() + "\n" + plan.planText() + "\n");
    return ExitCode.OK.status();
  }

  @Command(
      description = "Finds plans whose words resemble a question, most similar first.",
      mixinStandardHelpOptions = true)
  int search(
      @Parameters(paramLabel = "WORDS", arity = "1..*") List<String> words,
      @Option(names = "--limit", defaultValue = "5", description = "Default: ${DEFAULT-VALUE}")
          int limit,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    List<PlanStore.Match> matches = store(load()).search(String.join(" ", words), limit);
    if (json) {
      Printable.print(Json.pretty(matches));
    } else if (matches.isEmpty()) {
      Printable.println("no plan resembles that");
    }
    for (PlanStore.Match match : json ? List.<PlanStore.Match>of() : matches) {
      Printable.println(
          String.format(
              Locale.ROOT,
              "%.2f  %s  %s",
              match.similarity(),
              match.plan().createdAt(),
              match.plan().planText().lines().findFirst().orElse("")));
    }
    return ExitCode.OK.status();
  }

  @Command(
      description = "Records a plan from a JSON file with the fields that latest --json prints.",
      mixinStandardHelpOptions = true)
  int record(@Parameters(paramLabel = "FILE.json") Path file) {
    try {
      PlanRecord plan = whole().readValue(Files.readString(file));
      Printable.println("recorded " + store(load()).record(plan).id());
      return ExitCode.OK.status();
    } catch (JacksonException e) {
      throw Failure.refused(
          file + ": " + Json.fault(e),
          "give it every field that pipeline plans latest --json prints");
    } catch (IOException e) {
      throw Failure.usage(
          "cannot read " + file, "name a file that pipeline plans latest --json made");
    }
  }

  // A method, not a constant: --help makes every command and must not load Jackson for it.
  private static ObjectReader whole() {
    return Json.mapper()
        .readerFor(PlanRecord.class)
        .with(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
        .with(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);
  }

  private PipelineConfig load() {
    return settings.load(List.of(), "model");
  }

  private static PlanStore store(PipelineConfig config) {
    return new FilePlanStore(Workspace.of(config.model()).plans());
  }
}
