package dev.pipeline.jobs;

import dev.pipeline.config.TrackingConfig;
import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import dev.pipeline.track.TrackedRun;
import dev.pipeline.track.wandb.Destination;
import dev.pipeline.track.wandb.LiveUpload;
import dev.pipeline.track.wandb.Sent;
import dev.pipeline.track.wandb.WandbServer;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Lets runs be followed. What is told lies in the run's folder first; whatever goes wrong on the
 * way to a server is one line at the end, and never the run's business.
 */
final class Tracking {
  /** What a run that is done waits for the rest to be sent. */
  private static final Duration LAST_WORDS = Duration.ofSeconds(20);

  /** The same of one that was asked to stop: a machine that is taken away leaves half a minute. */
  private static final Duration HASTE = Duration.ofSeconds(5);

  private final TrackingConfig config;
  private final RunReport report;
  private final Map<String, String> environment;

  Tracking(TrackingConfig config, RunReport report, Map<String, String> environment) {
    this.config = config;
    this.report = report;
    this.environment = environment;
  }

  /**
   * Does {@code work}, the steps of {@code job}, for all to see.
   *
   * @return a last word, for people
   */
  Optional<String> follow(PipelineJob job, RunContext run, Runnable work) {
    Optional<Tracked> tracked = job.tracked();
    if (tracked.isEmpty() || config.wandbMode() == TrackingConfig.Mode.DISABLED) {
      work.run();
      return Optional.empty();
    }
    Followed followed = begin(run);
    try {
      work.run();
    } catch (RuntimeException e) {
      followed
          .end(status(e), Map.of(), tracked.get())
          .ifPresent(said -> report.note("track", said));
      throw e;
    }
    return followed.end(ExitCode.OK.status(), figures(tracked.get(), run), tracked.get());
  }

  /** A run under way, as far as it can be followed. */
  private record Followed(
      RunContext run,
      Optional<TrackedRun> noted,
      Optional<LiveUpload> live,
      Optional<String> trouble) {

    Optional<String> end(int exitCode, Map<String, Object> figures, Tracked tracked) {
      if (noted.isEmpty()) {
        return trouble;
      }
      try {
        TrackedRun ended =
            noted.get().end(run.folder(), TrackedRun.End.now(exitCode, figures, files(tracked)));
        return live.map(upload -> words(upload.end(ended, patience(exitCode)))).or(() -> trouble);
      } catch (RuntimeException e) {
        return Optional.of("the run's end is not noted: " + e.getMessage());
      }
    }

    private Map<String, String> files(Tracked tracked) {
      Map<String, String> files = new TreeMap<>();
      tracked.files().stream()
          .filter(file -> Files.isRegularFile(run.folder().resolve(file)))
          .forEach(file -> files.put(file, file));
      return files;
    }
  }

  private Followed begin(RunContext run) {
    try {
      TrackedRun noted =
          TrackedRun.begin(
              run.folder(),
              run.key().shortName(),
              run.key().job(),
              run.config().model().modelName(),
              config.wandbTags());
      return begin(run, noted);
    } catch (RuntimeException e) {
      return new Followed(
          run, Optional.empty(), Optional.empty(), Optional.of("not followed: " + e.getMessage()));
    }
  }

  private Followed begin(RunContext run, TrackedRun noted) {
    try {
      return new Followed(run, Optional.of(noted), live(run, noted), keyMissing());
    } catch (Failure failure) {
      return new Followed(
          run, Optional.of(noted), Optional.empty(), Optional.of(kept(failure.reason())));
    }
  }

  private Optional<LiveUpload> live(RunContext run, TrackedRun noted) {
    return isOnline()
        ? WandbServer.of(environment)
            .map(server -> Destination.of(server, config.wandbEntity(), config.wandbProject()))
            .map(to -> LiveUpload.start(run.folder(), noted, to, config.wandbInterval()))
        : Optional.empty();
  }

  /** Who says anywhere that nothing is to be sent has the last word. */
  private boolean isOnline() {
    return config.wandbMode() == TrackingConfig.Mode.ONLINE && !WandbServer.isLocal(environment);
  }

  private Optional<String> keyMissing() {
    return isOnline() && WandbServer.of(environment).isEmpty()
        ? Optional.of(
            WandbServer.KEY + " is not set; kept here: pipeline track sync sends it later")
        : Optional.empty();
  }

  private static Duration patience(int exitCode) {
    return exitCode == ExitCode.INTERRUPTED.status() ? HASTE : LAST_WORDS;
  }

  private static String words(LiveUpload.Ending ending) {
    return ending
        .trouble()
        .map(Tracking::kept)
        .orElseGet(() -> ending.sent().map(Sent::page).orElse("nothing was sent"));
  }

  private static String kept(String trouble) {
    return trouble + "; nothing is lost: pipeline track sync sends it later";
  }

  private static Map<String, Object> figures(Tracked tracked, RunContext run) {
    try {
      return tracked.figures().apply(run);
    } catch (Failure unreadable) {
      return Map.of();
    }
  }

  private static int status(RuntimeException e) {
    return (e instanceof Failure failure ? failure.exitCode() : ExitCode.INFRASTRUCTURE).status();
  }
}
