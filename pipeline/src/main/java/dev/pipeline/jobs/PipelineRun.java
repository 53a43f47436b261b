package dev.pipeline.jobs;

import dev.pipeline.config.PipelineConfig;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import dev.pipeline.io.StopSignal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Runs the jobs that a command means, one after the other. Each is skipped when it was done before
 * with the same inputs, settings and code, and continued when it was interrupted.
 */
public final class PipelineRun {
  private final RunRequest request;
  private final List<PipelineJob> chain;
  private final Optional<String> road;
  private final RunReport report;
  private final StopSignal stop;
  private final Workspace workspace;
  private final Tracking tracking;
  private final String code = CodeVersion.current();
  private final Map<String, RunManifest> done = new LinkedHashMap<>();
  private boolean lookedAhead;

  /** A run; nothing happens until {@link #run}. */
  public PipelineRun(RunRequest request, RunReport report, StopSignal stop) {
    this(request, RoadChoice.of(request), report, stop);
  }

  private PipelineRun(RunRequest request, RoadChoice choice, RunReport report, StopSignal stop) {
    this(
        request,
        Chain.of(request.job(), request.only(), choice.road()),
        choice.words(),
        report,
        stop);
  }

  /**
   * A run of {@code chain}.
   *
   * @param road which road it is part of and why, for people; empty where there is no choice
   */
  PipelineRun(
      RunRequest request,
      List<PipelineJob> chain,
      Optional<String> road,
      RunReport report,
      StopSignal stop) {
    this.request = request;
    this.chain = List.copyOf(chain);
    this.road = road;
    this.report = report;
    this.stop = stop;
    this.workspace = Workspace.of(request.config().model());
    this.tracking = new Tracking(request.config().tracking(), report, System.getenv());
    if (request.gateOverride().isPresent()
        && chain.stream().noneMatch(PipelineJob::heedsOverride)) {
      throw Failure.usage(
          "run " + request.job() + " releases nothing, so that there is no gate to override",
          "give --override to run release");
    }
  }

  /** The names of all jobs, in the order of the main road, then those that watch over it. */
  public static List<String> jobs() {
    return Stream.concat(Chain.names().stream(), Stream.of(Drift.JOB, Retrain.JOB)).toList();
  }

  /** Does what has not been done yet. */
  public void run() {
    road.ifPresent(report::road);
    try (Session session = new Session(request)) {
      if (!bring(chain, session)) {
        report.nothingToDo();
      }
    }
  }

  /** Does what has not been done yet of {@code jobs}, the next of the chain. */
  boolean bring(List<PipelineJob> jobs, Session session) {
    boolean worked = false;
    for (PipelineJob job : jobs) {
      stop.check();
      worked |= bring(job, session);
    }
    return worked;
  }

  /** What each job so far left; of jobs of the same name, the last. */
  Map<String, RunManifest> done() {
    return Map.copyOf(done);
  }

  /** Makes sure that {@code job} is done; returns whether there was anything to do. */
  private boolean bring(PipelineJob job, Session session) {
    Map<String, String> ingredients = ingredients(job);
    RunKey key = RunKey.of(job.name(), ingredients);
    Path folder = workspace.run(key);
    Optional<RunManifest> before = RunManifest.readIntact(folder);
    if (before.isPresent() && job.stands(request.config(), folder)) {
      report.alreadyDone(before.get());
      done.put(job.name(), before.get());
      return false;
    }
    if (request.only() && job != chain.get(chain.size() - 1)) {
      throw Failure.usage(
          request.job()
              + " needs "
              + job.title()
              + ", which is not done for this data, settings, code",
          "pipeline " + request.withNeeds().command() + " does it first");
    }
    lookAhead(job, folder);
    done.put(job.name(), launch(job, key, ingredients, session.launcher(request)));
    return true;
  }

  /**
   * Before the first job that has something to do, looks for what would stop it or a later one. A
   * job that was begun before is left out: it was looked at then, and has its files on the disk.
   */
  private void lookAhead(PipelineJob job, Path folder) {
    if (!lookedAhead) {
      List<String> ahead =
          chain.subList(chain.indexOf(job), chain.size()).stream()
              .filter(later -> later != job || !Files.exists(folder))
              .map(PipelineJob::name)
              .toList();
      Preflight.require(request.config(), ahead);
      if (ahead.contains("sft")) {
        PhaseZero.warning(request.config().model()).ifPresent(words -> report.note("bench", words));
      }
      lookedAhead = true;
    }
  }

  private RunManifest launch(
      PipelineJob job, RunKey key, Map<String, String> ingredients, Launcher launcher) {
    long started = System.nanoTime();
    Path folder = workspace.run(key);
    RunContext run =
        new RunContext(
            request.config(),
            workspace,
            key,
            folder,
            done,
            request.gateOverride(),
            stop,
            report.started(job.name(), launcher.continues(key, folder)));
    Optional<String> followed =
        tracking.follow(job, run, () -> launcher.launch(job, run, ingredients));
    RunManifest manifest =
        RunManifest.readIntact(folder)
            .orElseThrow(() -> new IllegalStateException(job.name() + " left no manifest"));
    report.finished(manifest, Duration.ofNanos(System.nanoTime() - started));
    followed.ifPresent(words -> report.note("track", words));
    return manifest;
  }

  private Map<String, String> ingredients(PipelineJob job) {
    Map<String, String> ingredients = own(job, request.config());
    ingredients.put("code", code);
    request
        .gateOverride()
        .filter(override -> job.heedsOverride())
        .ifPresent(override -> ingredients.put("override", Json.line(override)));
    for (String needed : job.needs()) {
      RunManifest manifest = done.get(needed);
      if (manifest == null) {
        throw new IllegalStateException(job.name() + " stands before " + needed);
      }
      manifest
          .outputs()
          .forEach((name, output) -> ingredients.put(RunKey.output(needed, name), output.sha256()));
    }
    return ingredients;
  }

  /** The settings and files that decide what {@code job} makes. */
  static Map<String, String> own(PipelineJob job, PipelineConfig config) {
    Map<String, String> ingredients = new TreeMap<>();
    for (Record settings : job.settings(config)) {
      ingredients.put(
          "settings " + settings.getClass().getSimpleName(),
          PipelineConfig.canonicalJson(settings));
    }
    job.reads(config).forEach((name, path) -> ingredients.put("input " + name, Digests.of(path)));
    return ingredients;
  }
}
