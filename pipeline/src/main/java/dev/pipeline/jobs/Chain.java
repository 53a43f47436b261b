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
          new EvaluateJob(),
          new ReleaseJob(),
          new PlanJob());

  /** The road of a model that learned preferences, too. */
  private static final List<PipelineJob> PREFERRED =
      List.of(
          new MineJob(),
          new CurateJob(),
          new SftJob(),
          new BaselineJob(),
          new DpoJob(),
          new PackageJob("dpo"),
          new EvaluateJob(),
          new ReleaseJob(),
          new PlanJob());

  /** Jobs that stand alone. */
  private static final List<PipelineJob> APART = List.of(new PretrainJob());

  private Chain() {}

  /** The names that {@code pipeline run} knows. */
  static List<String> names() {
    return all().map(PipelineJob::name).toList();
  }

  /** {@code sft} and {@code dpo} mean their whole road, any other job the road up to it. */
  static List<PipelineJob> of(String job) {
    if (job.equals("dpo")) {
      return PREFERRED;
    }
    PipelineJob last = named(job);
    if (APART.contains(last)) {
      return List.of(last);
    }
    return job.equals("sft") ? MAIN : MAIN.subList(0, MAIN.indexOf(last) + 1);
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
    Stream<PipelineJob> dpo = PREFERRED.stream().filter(job -> job.name().equals("dpo"));
    return Stream.of(MAIN.stream(), dpo, APART.stream()).flatMap(jobs -> jobs);
  }
}
