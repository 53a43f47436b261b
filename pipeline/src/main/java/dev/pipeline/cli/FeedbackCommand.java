package dev.pipeline.cli;

import dev.pipeline.config.PipelineConfig;
import dev.pipeline.data.feedback.Feedback;
import dev.pipeline.data.feedback.FeedbackDrop;
import dev.pipeline.data.feedback.FeedbackServer;
import dev.pipeline.data.feedback.FeedbackStore;
import dev.pipeline.data.read.MalformedLine;
import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import dev.pipeline.io.StopSignal;
import dev.pipeline.jobs.FeedbackIntake;
import dev.pipeline.jobs.Workspace;
import dev.pipeline.release.ReleaseLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pipeline feedback add|list|import|serve}. */
@Command(
    name = "feedback",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Keeps what people say about answers, redacted before it is written.",
      "The next retraining learns from it."
    })
final class FeedbackCommand {
  private static final Duration POLL = Duration.ofMillis(100);

  private final StopSignal stop;

  @Mixin ConfigOptions settings = new ConfigOptions();

  FeedbackCommand(StopSignal stop) {
    this.stop = stop;
  }

  /** One opinion in options. */
  static final class Said {
    @Option(
        names = "--message",
        required = true,
        paramLabel = "TEXT",
        description = "What the supplier wrote.")
    String message = "";

    @Option(
        names = "--answer",
        required = true,
        paramLabel = "TEXT",
        description = "What the model answered.")
    String answer = "";

    @Option(
        names = "--thumb",
        required = true,
        paramLabel = "up|down",
        description = "The verdict on it.")
    String thumb = "";

    @Option(names = "--edit", paramLabel = "TEXT", description = "What should have been answered.")
    @Nullable String edit;

    @Option(names = "--comment", paramLabel = "TEXT", description = "Why.")
    @Nullable String comment;

    @Option(
        names = "--who",
        paramLabel = "NAME",
        description = "Who says so; only a pseudonym is kept.")
    @Nullable String who;

    @Option(
        names = "--release",
        paramLabel = "VERSION",
        description = "The release that answered. Default: the one that is published now.")
    @Nullable String release;

    @Option(names = "--id", paramLabel = "ID", description = "Default: made of the content.")
    @Nullable String id;

    @Option(names = "--round", paramLabel = "N", description = "Round of the negotiation.")
    @Nullable Integer round;

    @Option(
        names = "--sentiment",
        paramLabel = "WORD",
        description = "The supplier's mood; with --round.")
    @Nullable String sentiment;

    @Option(
        names = "--ask",
        paramLabel = "TEXT",
        description = "What the supplier waits for; may be repeated.")
    List<String> asks = List.of();

    Map<String, Object> json(Optional<String> current) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("message", message);
      json.put("answer", answer);
      json.put("thumb", thumb);
      put(json, "edit", edit);
      put(json, "comment", comment);
      put(json, "who", who);
      put(json, "release", release == null ? current.orElse(null) : release);
      put(json, "id", id);
      put(json, "round", round);
      put(json, "sentiment", sentiment);
      if (round != null || !asks.isEmpty()) {
        json.put("asks", asks);
      }
      return json;
    }

    private static void put(Map<String, Object> json, String key, @Nullable Object value) {
      if (value != null) {
        json.put(key, value);
      }
    }
  }

  /** What became of an opinion: {@code state} is kept or known. */
  private record Added(String id, String state) {}

  @Command(description = "Keeps one opinion.", mixinStandardHelpOptions = true)
  int add(@Mixin Said said, @Option(names = "--json", description = "Print JSON.") boolean json) {
    PipelineConfig config = load();
    try {
      FeedbackStore.Addition addition =
          store(config).add(Json.line(said.json(currentRelease(config))));
      String id = addition.feedback().id();
      if (addition.kept() == FeedbackStore.Kept.CONFLICT) {
        throw Failure.usage("another feedback has the id " + id, "give another --id, or none");
      }
      boolean known = addition.kept() == FeedbackStore.Kept.KNOWN;
      Printable.print(
          json
              ? Json.pretty(new Added(id, known ? "known" : "kept"))
              : (known ? "known already as " : "kept as ") + id + System.lineSeparator());
      return ExitCode.OK.status();
    } catch (MalformedLine e) {
      throw Failure.usage("feedback: " + e.reason(), "see pipeline feedback add --help");
    }
  }

  @Command(description = "Lists what is kept, newest last.", mixinStandardHelpOptions = true)
  int list(@Option(names = "--json", description = "Print JSON.") boolean json) {
    List<Feedback> all = store(load()).all();
    if (json) {
      Printable.print(Json.pretty(all));
    } else if (all.isEmpty()) {
      Printable.println("nobody said anything yet");
    } else {
      all.forEach(feedback -> Printable.println(FeedbackText.line(feedback)));
    }
    return ExitCode.OK.status();
  }

  @Command(
      name = "import",
      description = {
        "Takes in JSON lines, of a file or else of the drop folder.",
        "A file stays where it is; those of the drop folder are moved to done/ redacted. Lines that"
            + " cannot be kept are named. Exit code 4 when none was kept or known, and some were set"
            + " aside."
      },
      mixinStandardHelpOptions = true)
  int take(
      @Parameters(arity = "0..1", paramLabel = "FILE", description = "One JSON object a line.")
          @Nullable Path file,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    PipelineConfig config = load();
    FeedbackDrop drop = FeedbackIntake.drop(config, store(config));
    if (file != null && !Files.isRegularFile(file)) {
      throw Failure.usage("there is no file " + file, "name a file of JSON lines");
    }
    List<FeedbackDrop.Taken> taken = file == null ? drop.take() : List.of(drop.read(file));
    if (json) {
      Printable.print(Json.pretty(taken));
    } else if (taken.isEmpty()) {
      Printable.println("nothing lies in " + config.feedback().drop());
    } else {
      taken.forEach(one -> Printable.print(FeedbackText.of(one)));
    }
    requireSome(taken);
    return ExitCode.OK.status();
  }

  @Command(
      description = {
        "Takes in what is sent to POST /feedback, until Ctrl-C.",
        "Beyond this machine it wants a token: " + FeedbackServer.TOKEN + " in the environment."
      },
      mixinStandardHelpOptions = true)
  int serve(
      @Option(
              names = "--port",
              paramLabel = "PORT",
              description = "0 takes a free one. Default: feedback.port.")
          @Nullable Integer port) {
    PipelineConfig config = load();
    Optional<String> token =
        Optional.ofNullable(System.getenv(FeedbackServer.TOKEN)).filter(text -> !text.isBlank());
    try (FeedbackServer server =
        FeedbackServer.start(
            store(config),
            config.feedback().host(),
            port == null ? config.feedback().port() : port,
            token)) {
      Printable.println("listening at " + server.address());
      System.out.flush();
      while (!stop.isRequested()) {
        LockSupport.parkNanos(POLL.toNanos());
      }
    }
    return ExitCode.OK.status();
  }

  /** A file of which nothing can be kept is the wrong file, or wrongly written. */
  private static void requireSome(List<FeedbackDrop.Taken> taken) {
    int good = taken.stream().mapToInt(one -> one.kept() + one.known()).sum();
    int aside = taken.stream().mapToInt(one -> one.aside().size()).sum();
    if (good == 0 && aside > 0) {
      throw Failure.refused(
          "no line could be kept; set aside: " + aside,
          "mend the lines as their reasons say, and import them again");
    }
  }

  private PipelineConfig load() {
    return settings.load(List.of(), "feedback");
  }

  private static FeedbackStore store(PipelineConfig config) {
    return FeedbackIntake.store(config, Clock.systemUTC());
  }

  private static Optional<String> currentRelease(PipelineConfig config) {
    return new ReleaseLog(Workspace.of(config.model()).model())
        .current()
        .map(release -> String.valueOf(release.version()));
  }
}
