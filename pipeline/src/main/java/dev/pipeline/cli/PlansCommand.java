package dev.pipeline.cli;

import dev.pipeline.config.PipelineConfig;
import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import dev.pipeline.jobs.Learnings;
import dev.pipeline.jobs.PlanStores;
import dev.pipeline.plan.Learning;
import dev.pipeline.plan.PlanRecord;
import dev.pipeline.plan.PlanStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;

/** {@code pipeline plans latest|list|show|search|learnings|record|sync}. */
@Command(
    name = "plans",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Looks up what was trained and why, for people and agents.")
final class PlansCommand {
  @Mixin ConfigOptions settings = new ConfigOptions();

  /** How many. */
  static final class Limit {
    @Option(names = "--limit", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}")
    int limit = 5;

    int checked() {
      if (limit < 1) {
        throw Failure.usage("--limit is " + limit + ", which shows nothing", "ask for 1 or more");
      }
      return limit;
    }
  }

  @Command(description = "Shows a model's newest plan.", mixinStandardHelpOptions = true)
  int latest(
      @Option(names = "--model", paramLabel = "NAME", description = "Default: model_name.")
          @Nullable String model,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    PipelineConfig config = load();
    String name = model == null ? config.model().modelName() : model;
    try (PlanStore plans = PlanStores.of(config)) {
      PlanRecord plan =
          plans
              .latest(name)
              .orElseThrow(
                  () ->
                      Failure.usage(
                          "no plan of " + name + " is recorded",
                          "run pipeline run sft, or name another model with --model"));
      return shown(plan, json);
    }
  }

  @Command(description = "Lists plans, newest first.", mixinStandardHelpOptions = true)
  int list(
      @Option(names = "--model", paramLabel = "NAME", description = "Default: every model.")
          @Nullable String model,
      @Mixin Limit limit,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    try (PlanStore plans = PlanStores.of(load())) {
      List<PlanRecord> found =
          model == null ? plans.list(limit.checked()) : plans.fetch(model, limit.checked());
      if (json) {
        Printable.print(Json.pretty(found));
      } else if (found.isEmpty()) {
        Printable.println("no plan is recorded");
      } else {
        found.forEach(plan -> Printable.println(plan.id() + "  " + line(plan)));
      }
      return ExitCode.OK.status();
    }
  }

  @Command(description = "Shows one plan.", mixinStandardHelpOptions = true)
  int show(
      @Parameters(
              paramLabel = "ID",
              description = "As list prints it.",
              converter = PlanIdConverter.class)
          UUID id,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    try (PlanStore plans = PlanStores.of(load())) {
      PlanRecord plan =
          plans
              .find(id)
              .orElseThrow(
                  () -> Failure.usage("there is no plan " + id, "see pipeline plans list"));
      return shown(plan, json);
    }
  }

  @Command(
      description = "Finds plans that are close in meaning to a question, closest first.",
      mixinStandardHelpOptions = true)
  int search(
      @Parameters(paramLabel = "WORDS", arity = "1..*") List<String> words,
      @Mixin Limit limit,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    try (PlanStore plans = PlanStores.of(load())) {
      List<PlanStore.Match> matches = plans.search(String.join(" ", words), limit.checked());
      if (json) {
        Printable.print(Json.pretty(matches));
      } else if (matches.isEmpty()) {
        Printable.println("no plan resembles that");
      }
      for (PlanStore.Match match : json ? List.<PlanStore.Match>of() : matches) {
        Printable.print(
            String.format(Locale.ROOT, "%.2f  %s%n", match.similarity(), line(match.plan())));
      }
      return ExitCode.OK.status();
    }
  }

  @Command(
      description = {
        "Lists what was learnt beside plans, newest first, or what is close to a question.",
        "That is feedback, findings of drift, and with --datasets what datasets are made of."
      },
      mixinStandardHelpOptions = true)
  int learnings(
      @Parameters(paramLabel = "WORDS", arity = "0..*") @Nullable List<String> words,
      @Option(names = "--datasets", description = "Datasets instead.") boolean datasets,
      @Mixin Limit limit,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    String type = datasets ? Learning.DATASET : Learning.LEARNING;
    boolean asked = words != null && !words.isEmpty();
    try (PlanStore plans = PlanStores.of(load())) {
      List<?> found =
          asked
              ? plans.searchLearnings(type, String.join(" ", words), limit.checked())
              : plans.learnings(type, limit.checked());
      if (json) {
        Printable.print(Json.pretty(found));
        return ExitCode.OK.status();
      }
      if (found.isEmpty()) {
        Printable.println("nothing was learnt yet; see pipeline plans sync");
      }
      for (Object one : found) {
        if (one instanceof PlanStore.Lesson lesson) {
          Printable.print(
              String.format(
                  Locale.ROOT, "%.2f  %s%n", lesson.similarity(), line(lesson.learning())));
        } else if (one instanceof Learning learning) {
          Printable.println(line(learning));
        }
      }
      return ExitCode.OK.status();
    }
  }

  @Command(
      description = "Records a plan from a JSON file with the fields that latest --json prints.",
      mixinStandardHelpOptions = true)
  int record(@Parameters(paramLabel = "FILE.json") Path file) {
    try (PlanStore plans = PlanStores.of(load())) {
      PlanRecord plan = whole().readValue(Files.readString(file));
      Printable.println("recorded " + plans.record(plan).id());
      if (plans.waiting() > 0) {
        System.err.println("it waits on this machine; pipeline plans sync tells why");
      }
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

  @Command(
      description = {
        "Delivers plans and learnings that wait because the server was away.",
        "It tells agents what people said since, too. Ends with 3 while some wait on."
      },
      mixinStandardHelpOptions = true)
  int sync(@Option(names = "--json", description = "Print JSON.") boolean json) {
    PipelineConfig config = load();
    try (PlanStore plans = PlanStores.of(config)) {
      Learnings.tellFeedback(config, plans);
      PlanStore.Delivery done = plans.sync();
      if (json) {
        Printable.print(Json.pretty(done));
      } else {
        Printable.print(
            String.format(
                "%d delivered to %s, %d waiting%n",
                done.delivered(), done.place(), done.waiting()));
      }
      if (done.waiting() > 0 && !json) {
        System.err.println(Printable.of(done.trouble()));
      }
      return (done.waiting() > 0 ? ExitCode.INFRASTRUCTURE : ExitCode.OK).status();
    }
  }

  private static int shown(PlanRecord plan, boolean json) {
    Printable.print(
        json ? Json.pretty(plan) : plan.createdAt() + "\n" + Printable.of(plan.planText()) + "\n");
    return ExitCode.OK.status();
  }

  private static String line(PlanRecord plan) {
    return plan.createdAt() + "  " + firstLine(plan.planText());
  }

  private static String line(Learning learning) {
    return learning.createdAt()
        + "  "
        + Printable.of(learning.eventType())
        + "  "
        + firstLine(learning.summary());
  }

  private static String firstLine(String text) {
    return Printable.of(text.lines().findFirst().orElse(""));
  }

  // A method, not a constant: --help makes every command and must not load Jackson for it.
  private static ObjectReader whole() {
    return Json.mapper()
        .readerFor(PlanRecord.class)
        .with(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
        .with(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);
  }

  private PipelineConfig load() {
    PipelineConfig config = settings.load(List.of(), "memory");
    Runs.logTo(config);
    return config;
  }
}
