package dev.pipeline.serve.page;

import dev.pipeline.evaluate.review.ReviewFolder;
import dev.pipeline.evaluate.review.ReviewProgress;
import dev.pipeline.io.Failure;
import java.nio.file.Path;
import java.util.Map;

/**
 * A review in the list of them.
 *
 * @param folder as commands take it
 * @param progress how far it is
 * @param trouble why that cannot be told; empty where it can
 */
public record ReviewCard(String name, Path folder, ReviewProgress progress, String trouble) {
  /** That of the review {@code name} below {@code reviews}. */
  static ReviewCard of(Path reviews, String name) {
    Path folder = reviews.resolve(name);
    try {
      return new ReviewCard(name, folder, ReviewProgress.of(ReviewFolder.open(folder)), "");
    } catch (Failure damaged) {
      return new ReviewCard(
          name, folder, new ReviewProgress(0, Map.of()), damaged.reason() + "; " + damaged.fix());
    }
  }
}
