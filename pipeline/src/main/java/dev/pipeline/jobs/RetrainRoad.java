package dev.pipeline.jobs;

import dev.pipeline.config.PipelineConfig;
import dev.pipeline.config.RetrainConfig;
import dev.pipeline.io.Failure;
import dev.pipeline.io.StopSignal;
import dev.pipeline.jobs.RetrainRecord.Verdict;
import dev.pipeline.release.Release;
import java.nio.file.Path;
import java.time.Instant;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The jobs of a month's retraining, one after the other, and the record of how they ended. */
final class RetrainRoad {
  private final RunRequest request;
  private final YearMonth month;
  private final RetrainFolder folder;
  private final Session session;
  private final RunReport report;
  private final StopSignal stop;
  private @Nullable Failure failure;

  RetrainRoad(
      RunRequest request,
      YearMonth month,
      RetrainFolder folder,
      Session session,
      RunReport report,
      StopSignal stop) {
    this.request = request;
    this.month = month;
    this.folder = folder;
    this.session = session;
    this.report = report;
    this.stop = stop;
  }

  /**
   * Goes it, on a thread of its own: Spring Batch starts no job where a step's transaction is open.
   */
  void go() {
    FutureTask<Void> work = new FutureTask<>(this::train, null);
    Thread thread = new Thread(work, "retrain");
    thread.start();
    try {
      work.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Failure known) {
        failure = known;
        throw known;
      }
      throw new IllegalStateException("retraining failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.interrupted("stopped while training", "run the same command again");
    }
  }

  /** What ended it, in its own words. */
  void rethrow() {
    if (failure != null) {
      throw failure;
    }
  }

  private void train() {
    RetrainIntake intake = folder.intake(month).orElseThrow();
    Road road =
        request.config().retrain().training() == RetrainConfig.Training.SFT ? Road.SFT : Road.DPO;
    RunRequest child = Retrain.with(request, intake, road);
    List<PipelineJob> toRelease = Chain.toRelease(road, new GateJob(former(intake)));
    List<PipelineJob> fromRelease = Chain.fromRelease(road);
    PipelineRun run =
        new PipelineRun(
            child,
            Stream.concat(toRelease.stream(), fromRelease.stream()).toList(),
            Optional.empty(),
            report,
            stop);
    try {
      run.bring(toRelease, session);
      if (isNews(child.config(), intake, run.done())) {
        run.bring(fromRelease, session);
        end(intake, Verdict.RELEASED, List.of(), run.done());
      } else {
        end(intake, Verdict.NOTHING_NEW, List.of(), run.done());
      }
    } catch (Failure no) {
      if (Retrain.saidNo(no)) {
        end(intake, Verdict.STOPPED, List.of(no.reason()), run.done());
        report.note(
            Retrain.JOB,
            "%s: stopped, nothing was released -> %s".formatted(month, folder.recordFile(month)));
      }
      throw no;
    }
  }

  private static Optional<GateJob.Former> former(RetrainIntake intake) {
    return Optional.ofNullable(intake.former())
        .filter(former -> former.evaluation() != null)
        .map(former -> new GateJob.Former(former.version(), Path.of("" + former.evaluation())));
  }

  /** The same model again is none, also where somebody rolled its release back. */
  private static boolean isNews(
      PipelineConfig config, RetrainIntake intake, Map<String, RunManifest> done) {
    RetrainIntake.Former former = intake.former();
    return former == null
        || !FormerRelease.wasReleased(
            config, former.newest(), output(done, "evaluate", "evaluation").sha256());
  }

  private void end(
      RetrainIntake intake, Verdict verdict, List<String> reasons, Map<String, RunManifest> done) {
    Map<String, String> versions = new TreeMap<>(Map.of("program", CodeVersion.current()));
    Map<String, String> runs = new TreeMap<>();
    done.forEach((job, manifest) -> runs.put(job, new RunKey(job, manifest.key()).shortName()));
    for (String job : List.of("curate", "preferences")) {
      if (done.containsKey(job)) {
        Path dataset = Path.of(output(done, job, CurateJob.DATASET).path());
        versions.put(job.equals("curate") ? "dataset" : job, String.valueOf(dataset.getFileName()));
      }
    }
    folder.write(
        month,
        new RetrainRecord(
            intake,
            verdict,
            reasons,
            versions,
            runs,
            verdict == Verdict.RELEASED ? version(done) : null,
            Instant.now().truncatedTo(ChronoUnit.SECONDS).toString()));
  }

  private static int version(Map<String, RunManifest> done) {
    Path file = Path.of(output(done, "release", ReleaseJob.RELEASE).path());
    return RunFiles.read(file, Release.class).version();
  }

  private static RunManifest.Output output(Map<String, RunManifest> done, String job, String name) {
    RunManifest manifest = done.get(job);
    if (manifest == null) {
      throw new IllegalStateException(job + " was not done");
    }
    return manifest.output(name);
  }
}
