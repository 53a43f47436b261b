package dev.pipeline.jobs;

import dev.pipeline.config.ModelConfig;
import dev.pipeline.release.Release;
import dev.pipeline.release.ReleaseLog;
import dev.pipeline.release.Training;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A way from data to a released model. The jobs behind the training stand on each of them. */
public enum Road {
  /** Fine-tuning alone. */
  SFT,
  /** Fine-tuning, then learning from preferences. */
  DPO;

  /** The jobs that train, one after the other. */
  List<String> trainers() {
    return this == SFT ? List.of("sft") : List.of("sft", "dpo");
  }

  /** The job that makes the adapter of the model, and that means the whole road as a command. */
  String trainer() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The road of the model of {@code config} that was evaluated or published last, so that what
   * comes after it follows what is served; empty where none was.
   */
  static Optional<Road> last(ModelConfig config) {
    Optional<Release> release = new ReleaseLog(Workspace.of(config).model()).current();
    Optional<Path> evaluated = new EvaluatedRuns(config).last();
    boolean isPublished =
        release.isPresent()
            && (evaluated.isEmpty()
                || !EvaluatedRuns.time(evaluated.get())
                    .toInstant()
                    .isAfter(Instant.parse(release.get().publishedAt())));
    return isPublished ? release.map(Road::of) : evaluated.map(FinishedRun::road);
  }

  private static Road of(Release release) {
    Training training = release.training();
    return training != null && training.preferences() != null ? DPO : SFT;
  }
}
