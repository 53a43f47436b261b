package dev.pipeline.serve.page;

import java.util.List;

/**
 * What stands around every page.
 *
 * @param title of the page
 * @param model whose pages these are
 * @param active path of the page in the navigation, without its slash
 * @param guarded whether there is a login to leave
 * @param words what a command takes to mean this model
 */
public record Frame(String title, String model, String active, boolean guarded, String words) {
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

  /** What to type to let {@code verb} work on this model. */
  public String command(String verb) {
    return command(verb, words);
  }

  static String command(String verb, String words) {
    return "scripts/pipeline %s %s".formatted(verb, words).strip();
  }

  /** A page by name. */
  public record Link(String path, String name) {}
}
