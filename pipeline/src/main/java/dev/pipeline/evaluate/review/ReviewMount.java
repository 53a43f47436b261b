package dev.pipeline.evaluate.review;

import dev.pipeline.io.http.Reply;
import dev.pipeline.io.http.Request;
import java.util.List;

/**
 * A review inside a larger service, which says who may ask at all; whose opinion it is, the
 * reviewer's own token says as before. Nobody is invited here.
 */
public final class ReviewMount implements AutoCloseable {
  private final ReviewDesk desk;
  private final ReviewSite site;

  private ReviewMount(ReviewDesk desk) {
    this.desk = desk;
    this.site = new ReviewSite(desk);
  }

  /** Opens {@code folder}, which no other process may have open. */
  public static ReviewMount open(ReviewFolder folder) {
    return new ReviewMount(ReviewDesk.open(folder, List.of()));
  }

  /**
   * Answers one request; never throws what a request can cause.
   *
   * @param request with a path below the review's own
   */
  public Reply answer(Request request) {
    return site.answer(request);
  }

  @Override
  public void close() {
    desk.close();
  }
}
