package dev.pipeline.evaluate.review;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Invites people to a review that a larger service shows, whether or not that runs. */
public final class ReviewInvitations {
  private ReviewInvitations() {}

  /**
   * Invites {@code names}, of whom some may be invited already.
   *
   * @param service address of the service, such as {@code http://127.0.0.1:8080}
   * @return each one's own link, by name as given
   */
  public static Map<String, String> invite(
      ReviewFolder folder, List<String> names, String service) {
    Reviewers reviewers = folder.reviewers().invite(names);
    String page =
        "%s/reviews/%s/#".formatted(service.replaceFirst("/+$", ""), folder.path().getFileName());
    Map<String, String> links = new LinkedHashMap<>();
    for (String name : names) {
      Optional<Reviewer> reviewer = reviewers.named(name);
      reviewer.ifPresent(one -> links.put(one.name(), page + one.token()));
    }
    return links;
  }
}
