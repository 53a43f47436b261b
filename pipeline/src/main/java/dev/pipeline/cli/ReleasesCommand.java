package dev.pipeline.cli;

import dev.pipeline.config.PipelineConfig;
import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Json;
import dev.pipeline.jobs.ReleaseDesk;
import dev.pipeline.jobs.Workspace;
import dev.pipeline.release.Pruner;
import dev.pipeline.release.ReleaseView;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pipeline releases list|show|rollback|prune}. */
@Command(
    name = "releases",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Shows what was released, and lets an earlier release serve again.")
final class ReleasesCommand {
  @Mixin ConfigOptions settings = new ConfigOptions();

  @Command(
      description = {
        "Lists all releases, newest first, and who let which one serve when.",
        "A release that serves is marked with *, the one that a rollback means with <."
      },
      mixinStandardHelpOptions = true)
  int list(@Option(names = "--json", description = "Print JSON.") boolean json) {
    ReleaseView view = view();
    Printable.print(json ? Json.pretty(view) : ReleaseTable.of(view));
    return ExitCode.OK.status();
  }

  @Command(
      description = "Shows one release: its files with their digests, training, gate and history.",
      mixinStandardHelpOptions = true)
  int show(
      @Parameters(
              paramLabel = "VERSION",
              arity = "0..1",
              description = "Default: the release that serves.")
          @Nullable Integer version,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    ReleaseView.Line line = view().line(of(version));
    Printable.print(json ? Json.pretty(line) : ReleaseTable.of(line));
    return ExitCode.OK.status();
  }

  @Command(
      description = {
        "Lets an earlier release serve again: GGUF files, Modelfile and adapters, byte for byte.",
        "Its files are checked and it answers a smoke test before anything changes; then all of it"
            + " changes at once, at the Ollama server of the settings, too. Log and plan memory say"
            + " so.",
        "Exit codes: 0 it serves, 1 it failed the smoke test, 2 there is no such release, 3 a disk or"
            + " server failed, 4 a file of it is damaged; but for 0 what served goes on."
      },
      mixinStandardHelpOptions = true)
  int rollback(
      @Parameters(
              paramLabel = "VERSION",
              arity = "0..1",
              description = "Default: the release before the one that serves.")
          @Nullable Integer version,
      @Option(
              names = "--why",
              paramLabel = "REASON",
              defaultValue = "no reason given",
              description = "Stays in the log. Default: ${DEFAULT-VALUE}")
          String why,
      @Option(
              names = "--by",
              paramLabel = "NAME",
              description = "Who wants it. Default: who is logged in.")
          @Nullable String by,
      @Option(
              names = "--skip-smoke",
              description = "Do not have it answer first, for when nothing else can be done.")
          boolean skipSmoke,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    PipelineConfig config = load();
    Runs.logTo(config);
    ReleaseDesk.Wish wish =
        new ReleaseDesk.Wish(of(version), Objects.requireNonNullElse(by, ""), why, !skipSmoke);
    ReleaseDesk.Done done;
    try (LiveProgress progress = LiveProgress.aside("rollback")) {
      done = new ReleaseDesk(config).rollback(wish, progress);
    }
    Printable.print(json ? Json.pretty(done) : ReleaseTable.of(done));
    return ExitCode.OK.status();
  }

  @Command(
      description = {
        "Forgets old releases.",
        "The one that serves, the one that a rollback means, and what the newest plan speaks of stay;"
            + " log entries stay for all."
      },
      mixinStandardHelpOptions = true)
  int prune(
      @Option(
              names = "--keep",
              paramLabel = "N",
              defaultValue = "5",
              description = "How many of the newest stay. Default: ${DEFAULT-VALUE}")
          int keep,
      @Option(names = "--dry-run", description = "Say what would go, and change nothing.")
          boolean dryRun,
      @Option(names = "--json", description = "Print JSON.") boolean json) {
    List<Pruner.Fate> fates = new ReleaseDesk(load()).prune(keep, dryRun);
    Printable.print(json ? Json.pretty(fates) : ReleaseTable.of(fates, dryRun));
    return ExitCode.OK.status();
  }

  private ReleaseView view() {
    return ReleaseView.of(Workspace.of(load().model()).model());
  }

  private PipelineConfig load() {
    return settings.load(List.of(), "release");
  }

  private static OptionalInt of(@Nullable Integer version) {
    return version == null ? OptionalInt.empty() : OptionalInt.of(version);
  }
}
