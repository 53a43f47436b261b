package dev.pipeline.serve.look;

import java.util.List;

/**
 * A page of what was left out.
 *
 * @param total rows with that reason, or of any
 * @param page from 1
 * @param pages at least 1
 */
public record RejectedPage(long total, int page, int pages, List<RejectedRow> rows) {
  /** Copies the list. */
  public RejectedPage {
    rows = List.copyOf(rows);
  }
}
