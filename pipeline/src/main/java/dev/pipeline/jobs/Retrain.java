package dev.pipeline.jobs;

import dev.pipeline.config.ConfigLoader;
import dev.pipeline.config.PipelineConfig;
import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import dev.pipeline.io.StopSignal;
import dev.pipeline.jobs.RetrainRecord.Verdict;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.launch.JobExecutionAlreadyRunningException;

/**
 * A month's retraining: takes in feedback, goes the whole road up to the gate, and publishes what
 * passes. Its month alone identifies it; the jobs on the road have their keys, as ever.
 */
public final class Retrain {
  /** The name on the command line. */
  public static final String JOB = "retrain";

  /** Ends that a record is worth: people can read there why no release came of the month. */
  private static final Set<ExitCode> SAID_NO =
      Set.of(ExitCode.GATE_FAILED, ExitCode.REFUSED, ExitCode.TRAINING_STOPPED);

  private final RunRequest request;
  private final YearMonth month;
  private final String reason;
  private final RunReport report;
  private final StopSignal stop;
  private final Clock clock;
  private final RetrainFolder folder;

  /**
   * Retraining for {@code month}.
   *
   * @param reason why: schedule, drift or a person's words
   */
  public Retrain(
      RunRequest request,
      YearMonth month,
      String reason,
      RunReport report,
      StopSignal stop,
      Clock clock) {
    this.request = request;
    this.month = month;
    this.reason = reason;
    this.report = report;
    this.stop = stop;
    this.clock = clock;
    this.folder = new RetrainFolder(workspace());
  }

  /** The month that it is now where the settings are at home. */
  public static YearMonth current(PipelineConfig config, Clock clock) {
    return YearMonth.now(clock.withZone(config.schedule().zone()));
  }

  /** Does what has not been done yet; a month that is done, or being done, is left alone. */
  public RetrainEnd run() {
    refuseFuture();
    requireRecords();
    Optional<RetrainEnd> before = doneBefore();
    if (before.isPresent()) {
      return before.get();
    }
    String subject = JOB + " " + request.config().model().modelName() + " " + month;
    RunLock.Task task = new RunLock.Task(request.command() + " --month " + month, subject);
    try (Session session = new Session(request, task)) {
      try {
        session.store();
      } catch (Failure busy) {
        return beingDone(subject).orElseThrow(() -> busy);
      }
      // Whoever held the lock until now may have done it.
      return doneBefore().orElseGet(() -> retrain(session));
    }
  }

  private Workspace workspace() {
    return Workspace.of(request.config().model());
  }

  private void refuseFuture() {
    if (month.isAfter(current(request.config(), clock))) {
      throw Failure.usage(
          "the month " + month + " has not begun", "give --month one that has, or none for this");
    }
  }

  /** Without the record of this month or a later one nobody knows whether it is done. */
  private void requireRecords() {
    folder
        .damaged()
        .forEach(
            (which, failure) -> {
              if (!which.isBefore(month)) {
                throw failure;
              }
              report.note(JOB, failure.reason() + "; left out");
            });
  }

  private Optional<RetrainEnd> doneBefore() {
    return folder
        .releasedFrom(month)
        .map(record -> RetrainEnd.doneBefore(month, record, folder.recordFile(month)));
  }

  private Optional<RetrainEnd> beingDone(String subject) {
    return RunLock.owner(workspace().jobs())
        .filter(owner -> subject.equals(owner.subject()))
        .map(owner -> RetrainEnd.running(month, "as process " + owner.pid(), owner.since()));
  }

  private RetrainEnd retrain(Session session) {
    History history = new History(session.store());
    JobIdentity identity = JobIdentity.retraining(request.config().model().modelName(), month);
    String owner = Launches.owner(request);
    Optional<String> elsewhere = history.elsewhere(identity, owner);
    if (elsewhere.isPresent()) {
      return RetrainEnd.running(month, "at " + elsewhere.get(), "an earlier start");
    }
    if (folder.intake(month).isEmpty() || !history.unfinished(identity)) {
      history.forget(identity);
    }
    history.recover(identity, owner);
    RetrainRecord record = launch(session, identity);
    if (record.verdict() == Verdict.NOTHING_NEW) {
      // What is new tomorrow is still this month's.
      history.forget(identity);
      folder.reopen(month);
    }
    return RetrainEnd.of(record, folder.recordFile(month));
  }

  private RetrainRecord launch(Session session, JobIdentity identity) {
    RetrainRoad road = new RetrainRoad(request, month, folder, session, report, stop);
    try {
      JobExecution execution =
          session
              .store()
              .operator()
              .start(define(session.store(), road), Launches.parameters(identity, request));
      road.rethrow();
      Launcher.requireCompleted(execution, stop);
    } catch (JobExecutionAlreadyRunningException e) {
      throw Failure.infrastructure(
          "another machine started the retraining of " + month + " at this moment",
          "wait for it; pipeline jobs list shows how far it is",
          e);
    } catch (JobExecutionException e) {
      throw new IllegalStateException("Spring Batch refuses to start " + JOB, e);
    } catch (RuntimeException e) {
      throw session.store().explained(e, workspace().jobs());
    }
    return folder
        .record(month)
        .orElseThrow(() -> new IllegalStateException(JOB + " left no record"));
  }

  private Job define(JobStore store, RetrainRoad road) {
    JobSteps steps = new JobSteps(store, stop);
    return new JobBuilder(JOB, store.repository())
        .listener(new StopWatcher(store.repository(), stop))
        .start(steps.recipe("feedback", () -> takeIn()))
        .next(steps.recipe("train and release", road::go))
        .build();
  }

  /** Writes down once what this month learns from. */
  private void takeIn() {
    if (folder.intake(month).isPresent()) {
      return;
    }
    PipelineConfig config = request.config();
    FeedbackIntake.drop(config, FeedbackIntake.store(config, clock)).take();
    Instant now = clock.instant();
    Instant cutOff = cutOff(month, config.schedule().zone(), now);
    folder.write(
        month,
        new RetrainIntake(
            month.toString(),
            reason,
            now.truncatedTo(ChronoUnit.SECONDS).toString(),
            cutOff.toString(),
            FormerRelease.of(config).orElse(null),
            FeedbackIntake.learn(config, cutOff, folder.lastCutOff())));
  }

  /** The end of the month, or now where it has not ended. */
  static Instant cutOff(YearMonth month, ZoneId zone, Instant now) {
    Instant end = month.plusMonths(1).atDay(1).atStartOfDay(zone).toInstant();
    return now.isBefore(end) ? now : end;
  }

  /** Whether {@code failure} is a verdict on data or model, not on the machine. */
  static boolean saidNo(Failure failure) {
    return SAID_NO.contains(failure.exitCode());
  }

  /** The settings of {@code request} with what {@code intake} brought. */
  static RunRequest with(RunRequest request, RetrainIntake intake, Road road) {
    List<String> overrides =
        Stream.concat(request.overrides().stream(), intake.overrides().stream()).toList();
    return new RunRequest(
        road.trainer(),
        false,
        ConfigLoader.load(Path.of(request.configPath()), overrides, JOB),
        request.configPath(),
        overrides);
  }
}
