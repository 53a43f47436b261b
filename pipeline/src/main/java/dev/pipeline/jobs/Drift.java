package dev.pipeline.jobs;

import dev.pipeline.config.DriftConfig.OnDrift;
import dev.pipeline.config.PipelineConfig;
import dev.pipeline.data.JsonLines;
import dev.pipeline.evaluate.drift.Baseline;
import dev.pipeline.evaluate.drift.DriftDay;
import dev.pipeline.evaluate.drift.DriftFolder;
import dev.pipeline.evaluate.drift.Ticket;
import dev.pipeline.evaluate.drift.Transcript;
import dev.pipeline.io.Failure;
import dev.pipeline.io.StopSignal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** The daily look at what the released model answers, and what follows from it. */
public final class Drift {
  /** The name on the command line. */
  public static final String JOB = DriftJob.NAME;

  private final RunRequest request;
  private final RunReport report;
  private final StopSignal stop;
  private final Clock clock;

  /** The look of today. */
  public Drift(RunRequest request, RunReport report, StopSignal stop, Clock clock) {
    this.request = request;
    this.report = report;
    this.stop = stop;
    this.clock = clock;
  }

  /**
   * How a look ended.
   *
   * @param day what was found
   * @param open whether drift was found and nothing was released because of it
   * @param words what was done about it, for people; empty where there was nothing to do
   */
  public record End(DriftDay day, boolean open, String words) {}

  /**
   * Looks, and acts on drift.
   *
   * @param newBaseline whether today's answers become the baseline of later days instead
   */
  public End run(boolean newBaseline) {
    PipelineConfig config = request.config();
    LocalDate today = LocalDate.now(clock.withZone(config.schedule().zone()));
    // Not released yet is no accident of a job.
    TranscriptsJob.served(config);
    List<PipelineJob> jobs = List.of(new TranscriptsJob(today), new DriftJob(today));
    PipelineRun run = new PipelineRun(request, jobs, Optional.empty(), report, stop);
    try (Session session = new Session(request)) {
      DriftFolder folder = DriftJob.folder(config);
      if (!newBaseline) {
        folder.requireBaseline();
      }
      run.bring(jobs.subList(0, 1), session);
      if (newBaseline || folder.baseline().isEmpty()) {
        folder.write(DriftJob.baseline(config, today, transcripts(run)));
      }
      run.bring(jobs.subList(1, 2), session);
    }
    DriftDay found = RunFiles.read(output(run, DriftJob.NAME, DriftJob.FINDING), DriftDay.class);
    return found.finding().drift() ? act(found, transcripts(run)) : new End(found, false, "");
  }

  private End act(DriftDay found, Path transcripts) {
    if (request.config().drift().onDrift() == OnDrift.TICKET) {
      return ticket(found, transcripts, "Somebody should look at it: drift.on_drift is ticket");
    }
    RunRequest retraining =
        new RunRequest(
            Retrain.JOB, false, request.config(), request.configPath(), request.overrides());
    try {
      RetrainEnd end =
          new Retrain(
                  retraining,
                  Retrain.current(request.config(), clock),
                  "drift",
                  report,
                  stop,
                  clock)
              .run();
      return end.released()
          ? new End(found, false, end.words())
          : ticket(found, transcripts, "Retraining would not mend it: " + end.words());
    } catch (Failure no) {
      if (Retrain.saidNo(no)) {
        ticket(found, transcripts, "Retraining released nothing: " + no.reason());
      }
      throw no;
    }
  }

  private End ticket(DriftDay found, Path transcripts, String reason) {
    Baseline baseline = DriftJob.folder(request.config()).baseline().orElseThrow();
    String text =
        Ticket.markdown(
            request.config().model().modelName(),
            found,
            baseline,
            JsonLines.read(transcripts, Transcript.class),
            reason);
    return new End(
        found, true, "ticket -> " + DriftJob.folder(request.config()).ticket(found, text));
  }

  private static Path transcripts(PipelineRun run) {
    return output(run, TranscriptsJob.NAME, TranscriptsJob.NAME);
  }

  private static Path output(PipelineRun run, String job, String name) {
    RunManifest manifest = run.done().get(job);
    if (manifest == null) {
      throw new IllegalStateException(job + " was not done");
    }
    return Path.of(manifest.output(name).path());
  }
}
