package dev.pipeline.serve.page;

import java.util.List;

/**
 * What stands around every page.
 *
 * @param title of the page
 * @param model whose pages these are
 * @param active path of the page in the navigation, without its slash
 * @param guarded whether there is a login to leave
 */
public record Frame(String title, String model, String active, boolean guarded) {
  /** The pages that all others are reached from. */
  public static final List<Link> LINKS =
      List.of(
          new Link("/runs", "Runs"),
          new Link("/datasets", "Datasets"),
          new Link("/releases", "Releases"),
          new Link("/lineage", "Lineage"),
          new Link("/plans", "Plans"),
          new Link("/drift", "Drift"),
          new Link("/reviews", "Reviews"),
          new Link("/chat", "Chat"),
          new Link("/api", "API"));

  /** A page by name. */
  public record Link(String path, String name) {}
}
