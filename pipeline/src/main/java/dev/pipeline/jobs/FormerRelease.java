package dev.pipeline.jobs;

import dev.pipeline.config.PipelineConfig;
import dev.pipeline.release.Release;
import dev.pipeline.release.ReleaseLog;
import java.nio.file.Path;
import java.util.Optional;

/** The release that a new one would follow, and how it was judged. */
final class FormerRelease {
  private FormerRelease() {}

  static Optional<RetrainIntake.Former> of(PipelineConfig config) {
    ReleaseLog log = log(config);
    return log.current()
        .map(
            release ->
                new RetrainIntake.Former(
                    release.version(),
                    log.all().stream().mapToInt(Release::version).max().orElseThrow(),
                    evaluationDigest(config, release)
                        .flatMap(new EvaluatedRuns(config.model())::withDigest)
                        .map(Path::toString)
                        .orElse(null)));
  }

  /** Whether a release up to {@code newest} is of the model that this evaluation judged. */
  static boolean wasReleased(PipelineConfig config, int newest, String evaluation) {
    return log(config).all().stream()
        .filter(release -> release.version() <= newest)
        .anyMatch(
            release -> evaluationDigest(config, release).filter(evaluation::equals).isPresent());
  }

  private static ReleaseLog log(PipelineConfig config) {
    return new ReleaseLog(Workspace.of(config.model()).model());
  }

  private static Optional<String> evaluationDigest(PipelineConfig config, Release release) {
    return FinishedRun.evaluationOf(
        Workspace.of(config.model()).run(new RunKey("release", release.runKey())));
  }
}
