package dev.pipeline.serve.page;

import java.util.List;

/**
 * One thing on a way.
 *
 * @param anchor names it within the page
 * @param kind what it is, in a word
 * @param title its name, for people
 * @param digest SHA-256, the digest at Ollama or the run's key; empty where it has none
 * @param lineage link to the way from and to it
 * @param page link to its own page; empty where it has none
 * @param subject whether the way was asked for from here
 * @param from what went into it
 */
public record Stop(
    String anchor,
    String kind,
    String title,
    String digest,
    String lineage,
    String page,
    boolean subject,
    List<Part> from) {
  /** Copies the list. */
  public Stop {
    from = List.copyOf(from);
  }

  /** Something that went into another thing of the same way. */
  public record Part(String anchor, String title) {}
}
