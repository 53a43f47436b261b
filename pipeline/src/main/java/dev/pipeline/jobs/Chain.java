package dev.pipeline.jobs;

import dev.pipeline.config.NearestKey;
import dev.pipeline.io.Failure;
import java.util.List;
import java.util.stream.Stream;

/** Which jobs a command means, in the order they run. */
final class Chain {
  /** The main road: every job stands after those it needs. */
  private static final List<PipelineJob> MAIN =
      List.of(
          new MineJob(),
          new CurateJob(),
          new SftJob(),
          new BaselineJob(),
          new PackageJob("sft"),
          new EvaluateJob("sft"),
          new ReleaseJob(),
          new PlanJob());

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
          new PackageJob("sft"),
          new EvaluateJob("sft"),
          new PackageJob("dpo"),
          new EvaluateJob("sft", "dpo"),
          new ReleaseJob(),
          new PlanJob());

  /** Jobs beside the main road. */
  private static final List<PipelineJob> APART =
      List.of(new PretrainJob(), new PreferencesJob(), new DpoJob());

  private Chain() {}

  /** The names that {@code pipeline run} knows. */
  static List<String> names() {
    return all().map(PipelineJob::name).toList();
  }

  /**
   * {@code sft} and {@code dpo} mean their whole road, any other job on the main one the road up to
   * it, and a job beside it what that job needs.
   */
  static List<PipelineJob> of(String job) {
    PipelineJob last = named(job);
    if (job.equals("dpo")) {
      return PREFERRED;
    }
    if (APART.contains(last)) {
      Stream<PipelineJob> needs = last.needs().stream().flatMap(need -> upTo(need).stream());
      return Stream.concat(needs, Stream.of(last)).distinct().toList();
    }
    return job.equals("sft") ? MAIN : upTo(job);
  }

  private static List<PipelineJob> upTo(String job) {
    return MAIN.subList(0, MAIN.indexOf(named(job)) + 1);
  }

  /** Whether {@code job} stands behind the training on either road, and works on what that made. */
  static boolean isShared(String job) {
    return upTo(job).stream().anyMatch(before -> before.name().equals("package"));
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
    return Stream.concat(MAIN.stream(), APART.stream());
  }
}
