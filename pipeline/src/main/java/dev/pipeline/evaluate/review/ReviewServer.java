package dev.pipeline.evaluate.review;

import dev.pipeline.io.Failure;
import dev.pipeline.io.http.SmallServer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The review page, heard on this machine alone; people elsewhere come through an SSH tunnel. */
public final class ReviewServer implements AutoCloseable {
  private final ReviewDesk desk;
  private final SmallServer server;

  private ReviewServer(ReviewDesk desk, SmallServer server) {
    this.desk = desk;
    this.server = server;
  }

  /**
   * Opens {@code folder} to its reviewers and {@code newcomers}.
   *
   * @param port 0 takes a free one
   */
  public static ReviewServer start(ReviewFolder folder, List<String> newcomers, int port) {
    SmallServer.requirePort(port);
    ReviewDesk desk = ReviewDesk.open(folder, newcomers);
    try {
      if (desk.reviewers().all().isEmpty()) {
        throw Failure.usage(
            "nobody is invited to " + folder.path(), "name each reviewer with --reviewer NAME");
      }
      ReviewSite site = new ReviewSite(desk);
      return new ReviewServer(
          desk,
          SmallServer.start(
              SmallServer.thisMachine(), port, ReviewSite.LARGEST_BODY, site::answer));
    } catch (RuntimeException e) {
      desk.close();
      throw e;
    }
  }

  /** Each reviewer's own link, by name. */
  public Map<String, String> links() {
    Map<String, String> links = new LinkedHashMap<>();
    String page = "http://127.0.0.1:" + server.port() + "/#";
    desk.reviewers().all().forEach(one -> links.put(one.name(), page + one.token()));
    return links;
  }

  @Override
  public void close() {
    server.close();
    desk.close();
  }
}
