package dev.pipeline.jobs;

import dev.pipeline.config.PipelineConfig;
import dev.pipeline.data.JsonLines;
import dev.pipeline.data.feedback.Feedback;
import dev.pipeline.data.feedback.FeedbackDrop;
import dev.pipeline.data.feedback.FeedbackStore;
import dev.pipeline.data.feedback.Lessons;
import dev.pipeline.io.Hashes;
import dev.pipeline.io.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The feedback on the model of a configuration. */
public final class FeedbackIntake {
  private static final int SHORT = 16;

  private FeedbackIntake() {}

  /** Where it is kept. */
  public static FeedbackStore store(PipelineConfig config, Clock clock) {
    return new FeedbackStore(
        Workspace.of(config.model()).feedback(),
        Set.copyOf(config.curate().personas()),
        config.feedback().longestText(),
        clock);
  }

  /** The folder that files are taken in from. */
  public static FeedbackDrop drop(PipelineConfig config, FeedbackStore store) {
    return new FeedbackDrop(config.feedback().drop(), store);
  }

  /**
   * Writes what is to be learnt from all that arrived before {@code cutOff}, in files that are
   * named by their content: where nothing new came in, they are the same files, and so are the
   * runs.
   *
   * @param former cut-off of the retraining before; empty before the first
   */
  static RetrainIntake.Learned learn(
      PipelineConfig config, Instant cutOff, Optional<Instant> former) {
    FeedbackStore store = store(config, Clock.systemUTC());
    List<Feedback> all = store.all();
    Lessons lessons = Lessons.of(all, cutOff, config.feedback().learnThumbsUp());
    long fresh =
        all.stream()
            .map(Feedback::arrival)
            .filter(time -> time.isBefore(cutOff))
            .filter(time -> former.isEmpty() || !time.isBefore(former.get()))
            .count();
    return new RetrainIntake.Learned(
        lessons.opinions(),
        Math.toIntExact(fresh),
        lessons.pairs().size(),
        lessons.rows().size(),
        write(store.folder(), "pairs", lessons.pairs()),
        write(store.folder(), "rows", lessons.rows()));
  }

  private static @Nullable String write(Path folder, String name, List<Record> lines) {
    if (lines.isEmpty()) {
      return null;
    }
    String text = lines.stream().map(Json::line).collect(Collectors.joining("\n", "", "\n"));
    Path file =
        folder
            .resolve("learned")
            .resolve(name + "-" + Hashes.sha256(text).substring(0, SHORT) + ".jsonl");
    if (!Files.exists(file)) {
      JsonLines.write(file, lines);
    }
    return file.toString();
  }
}
