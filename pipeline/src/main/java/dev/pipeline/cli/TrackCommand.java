package dev.pipeline.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pipeline.config.PipelineConfig;
import dev.pipeline.config.TrackingConfig;
import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import dev.pipeline.io.StopSignal;
import dev.pipeline.jobs.Workspace;
import dev.pipeline.track.TrackedRun;
import dev.pipeline.track.TrackedRuns;
import dev.pipeline.track.wandb.Destination;
import dev.pipeline.track.wandb.LaterUpload;
import dev.pipeline.track.wandb.Sent;
import dev.pipeline.track.wandb.WandbServer;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pipeline track list|show|sync}. */
@Command(
    name = "track",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description =
        "Looks at what runs noted for others to follow, and sends it to Weights & Biases.")
final class TrackCommand {
  private static final int DECIMALS = 4;

  private final StopSignal stop;
  private final Map<String, String> environment;

  @Mixin ConfigOptions settings = new ConfigOptions();

  TrackCommand(StopSignal stop) {
    this(stop, System.getenv());
  }

  TrackCommand(StopSignal stop, Map<String, String> environment) {
    this.stop = stop;
    this.environment = environment;
  }

  /** A run, where it lies, and what of it was sent. */
  record Line(
      TrackedRun run,
      String folder,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Sent sent) {
    static Line of(TrackedRuns.Located located) {
      return new Line(
          located.run(), located.folder().toString(), Sent.read(located.folder()).orElse(null));
    }

    String text() {
      return String.format(
          Locale.ROOT,
          "%-16s  %-9s  %s  %-10s  %s%n",
          run.id(),
          run.job(),
          run.startedAt(),
          run.state(),
          sent == null ? "not sent" : sent.rows() + " rows at " + Printable.of(sent.page()));
    }
  }

  @Command(description = "Lists runs, oldest first.", mixinStandardHelpOptions = true)
  int list(@Option(names = "--json", description = "Print JSON.") boolean json) {
    PipelineConfig config = load();
    List<Line> lines = TrackedRuns.all(runs(config)).stream().map(Line::of).toList();
    if (json) {
      System.out.print(Json.pretty(lines));
    } else if (lines.isEmpty()) {
      System.out.println("no run to follow in " + runs(config));
    } else {
      lines.forEach(line -> System.out.print(line.text()));
    }
    return ExitCode.OK.status();
  }

  @Command(
      description = "Shows one run: how it ended, its figures and files, and what of it was sent.",
      mixinStandardHelpOptions = true)
  int show(
      @Parameters(paramLabel = "RUN", description = "How its id begins.") String name,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    Line line = Line.of(TrackedRuns.named(runs(load()), name));
    if (json) {
      System.out.print(Json.pretty(line));
      return ExitCode.OK.status();
    }
    System.out.print(line.text());
    TrackedRun.End end = line.run().ended();
    if (end != null) {
      System.out.printf(Locale.ROOT, "ended %s with exit code %d%n", end.at(), end.exitCode());
      end.figures().forEach((key, value) -> System.out.println("  " + key + "  " + rounded(value)));
      end.files().values().forEach(file -> System.out.println("  " + line.folder() + "/" + file));
    }
    return ExitCode.OK.status();
  }

  @Command(
      description = {
        "Sends runs to Weights & Biases: what is not there yet, and nothing twice.",
        "WANDB_API_KEY is the key, WANDB_BASE_URL another server than W&B's own."
      },
      mixinStandardHelpOptions = true)
  int sync(
      @Parameters(
              paramLabel = "RUN",
              arity = "0..1",
              description = "How its id begins. Default: all runs of the model.")
          @Nullable String name,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    PipelineConfig config = load();
    Path runs = runs(config);
    List<TrackedRuns.Located> wanted =
        name == null ? TrackedRuns.all(runs) : List.of(TrackedRuns.named(runs, name));
    List<Sent> all = new ArrayList<>();
    try (LaterUpload upload =
        new LaterUpload(
            destination(config.tracking()),
            stop,
            trouble -> System.err.println(Printable.of(trouble)))) {
      for (TrackedRuns.Located located : wanted) {
        stop.check();
        boolean before = upload.done(located.folder(), located.run()).isPresent();
        Sent sent =
            upload
                .done(located.folder(), located.run())
                .orElseGet(() -> upload.send(located.folder(), located.run()));
        all.add(sent);
        if (!json) {
          System.out.printf(
              Locale.ROOT,
              "%s  %s  %d rows -> %s%s%n",
              located.run().id(),
              located.run().job(),
              sent.rows(),
              Printable.of(sent.page()),
              before ? "  (already sent)" : "");
        }
      }
    }
    if (json) {
      System.out.print(Json.pretty(all));
    } else if (all.isEmpty()) {
      System.out.println("no run to send in " + runs);
    }
    return ExitCode.OK.status();
  }

  /** Four decimals, or four digits of what is smaller than one; other values as they are. */
  static Object rounded(Object value) {
    if (!(value instanceof Double number) || !Double.isFinite(number)) {
      return value;
    }
    BigDecimal exact = BigDecimal.valueOf(number);
    BigDecimal shorter =
        Math.abs(number) < 1
            ? exact.round(new MathContext(DECIMALS, RoundingMode.HALF_UP))
            : exact.setScale(Math.min(exact.scale(), DECIMALS), RoundingMode.HALF_UP);
    return shorter.doubleValue();
  }

  private Destination destination(TrackingConfig config) {
    if (config.wandbMode() == TrackingConfig.Mode.DISABLED) {
      throw Failure.usage(
          "wandb_mode is disabled, so that nothing may be sent", "set wandb_mode to offline");
    }
    WandbServer server =
        WandbServer.of(environment)
            .orElseThrow(
                () ->
                    Failure.usage(
                        WandbServer.KEY + " is not set",
                        "set it to the key that W&B shows under User Settings"));
    return Destination.of(server, config.wandbEntity(), config.wandbProject());
  }

  private PipelineConfig load() {
    return settings.load(List.of(), "model");
  }

  private static Path runs(PipelineConfig config) {
    return Workspace.of(config.model()).runs();
  }
}
