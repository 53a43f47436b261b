package dev.pipeline.jobs;

import dev.pipeline.config.NearestKey;
import dev.pipeline.io.Failure;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Which jobs a command means, in the order they run. */
final class Chain {
  /** The main road: every job stands after those it needs. */
  private static final List<PipelineJob> TUNED =
      List.of(
          new MineJob(),
          new CurateJob(),
          new SftJob(),
          new BaselineJob(),
          new PackageJob(Road.SFT),
          new EvaluateJob(Road.SFT),
          new ReleaseJob(Road.SFT),
          new PlanJob(Road.SFT));

  /**
   * The road to a model that learned from preferences, too; it is compared with what it started
   * from, which {@code sft} may have judged before.
   */
  private static final List<PipelineJob> PREFERRED =
      List.of(
          new MineJob(),
          new CurateJob(),
          new SftJob(),
          new BaselineJob(),
          new PreferencesJob(),
          new DpoJob(),
          new PackageJob(Road.SFT),
          new EvaluateJob(Road.SFT),
          new PackageJob(Road.DPO),
          new EvaluateJob(Road.DPO),
          new ReleaseJob(Road.DPO),
          new PlanJob(Road.DPO));

  /** The job that publishes, before which retraining compares with what is published. */
  private static final String RELEASE = "release";

  private static final PipelineJob PRETRAIN = new PretrainJob();

  private Chain() {}

  /** The names that {@code pipeline run} knows. */
  static List<String> names() {
    return all().map(PipelineJob::name).distinct().toList();
  }

  /**
   * {@code sft} and {@code dpo} mean their whole road, any other job what it needs and itself, as
   * does every job with {@code only}.
   *
   * @param road where a job that stands on every road is meant
   */
  static List<PipelineJob> of(String job, boolean only, Road road) {
    named(job);
    return switch (job) {
      case "sft" -> only ? upTo(job, TUNED) : TUNED;
      case "dpo" -> only ? upTo(job, PREFERRED) : PREFERRED;
      case "preferences" -> upTo(job, PREFERRED);
      case "pretrain" -> List.of(PRETRAIN);
      default -> upTo(job, road(road));
    };
  }

  /** All of {@code road} before something is published, and {@code gate}. */
  static List<PipelineJob> toRelease(Road road, PipelineJob gate) {
    List<PipelineJob> jobs = road(road);
    return Stream.concat(jobs.subList(0, releaseOf(jobs)).stream(), Stream.of(gate)).toList();
  }

  /** The rest of {@code road}. */
  static List<PipelineJob> fromRelease(Road road) {
    List<PipelineJob> jobs = road(road);
    return jobs.subList(releaseOf(jobs), jobs.size());
  }

  private static List<PipelineJob> road(Road road) {
    return road == Road.SFT ? TUNED : PREFERRED;
  }

  private static int releaseOf(List<PipelineJob> jobs) {
    return jobs.stream().map(PipelineJob::name).toList().indexOf(RELEASE);
  }

  /** The last job of that name and, of those before, what it needs. */
  private static List<PipelineJob> upTo(String job, List<PipelineJob> road) {
    Deque<PipelineJob> chain = new ArrayDeque<>();
    Set<String> needed = new HashSet<>(Set.of(job));
    for (int i = road.size() - 1; i >= 0; i--) {
      PipelineJob candidate = road.get(i);
      // The nearest before is meant where two have the same name, so that a need is met once.
      if (needed.remove(candidate.name())) {
        needed.addAll(candidate.needs());
        chain.addFirst(candidate);
      }
    }
    return List.copyOf(chain);
  }

  /** Whether {@code job} works on what the training of whichever road made. */
  static boolean standsOnEveryRoad(String job) {
    return named(job).road().isPresent();
  }

  /** The job called {@code name}. */
  static PipelineJob named(String name) {
    return all()
        .filter(job -> job.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> Failure.usage("there is no job \"" + name + "\"", NearestKey.fix(name, names())));
  }

  private static Stream<PipelineJob> all() {
    return Stream.of(TUNED.stream(), Stream.of(PRETRAIN), PREFERRED.stream()).flatMap(jobs -> jobs);
  }
}
