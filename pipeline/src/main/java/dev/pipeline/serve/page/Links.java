package dev.pipeline.serve.page;

import dev.pipeline.serve.look.DatasetView;
import dev.pipeline.serve.look.RowsPage;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Where pages are. */
public final class Links {
  private Links() {}

  /** The page of a dataset's version. */
  public static String dataset(DatasetView dataset) {
    return "/datasets/%s/%s/%s".formatted(dataset.kind(), dataset.name(), dataset.version());
  }

  /** The page that shows the row of that {@code line}, counted from 1, of a part. */
  public static String row(DatasetView dataset, String part, long line) {
    return "%s?part=%s&rows=%d#row-%d"
        .formatted(dataset(dataset), part, (line - 1) / RowsPage.ROWS + 1, line);
  }

  /** The way from and to what {@code name} names. */
  public static String lineage(String name) {
    return "/lineage?of=" + URLEncoder.encode(name, StandardCharsets.UTF_8);
  }

  /** The way from and to a row of that digest. */
  public static String rowLineage(String sha256) {
    return lineage("row:" + sha256);
  }
}
