package dev.pipeline.serve.look;

import java.util.List;

/**
 * A page of a dataset's rows.
 *
 * @param part train or validation
 * @param total rows of that part
 * @param page from 1
 * @param pages at least 1
 */
public record RowsPage(String part, long total, int page, int pages, List<DatasetRow> rows) {
  /** Rows of a page. */
  public static final int ROWS = 25;

  /** Copies the list. */
  public RowsPage {
    rows = List.copyOf(rows);
  }
}
