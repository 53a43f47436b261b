package dev.pipeline.serve.look;

import dev.pipeline.io.Failure;
import dev.pipeline.io.Reason;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** A file of lines, a page at a time; of the other pages nothing is kept. */
final class LinePages {
  /** Lines of a page. */
  static final int PAGE = RowsPage.ROWS;

  private LinePages() {}

  /**
   * A page.
   *
   * @param total lines that are wanted
   * @param page from 1
   * @param pages at least 1
   */
  record Page(long total, int page, int pages, List<Line> lines) {}

  /** A line with its number in the file, from 1. */
  record Line(long number, String text) {}

  /** The page of those lines of {@code file} that are {@code wanted}; of no file nothing. */
  static Page of(Path file, int page, Predicate<Line> wanted) {
    int asked = Math.max(1, page);
    if (!Files.isRegularFile(file)) {
      return new Page(0, asked, 1, List.of());
    }
    List<Line> lines = new ArrayList<>();
    long first = (long) (asked - 1) * PAGE;
    long total = 0;
    long number = 0;
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      for (String text = reader.readLine(); text != null; text = reader.readLine()) {
        Line line = new Line(++number, text);
        if (wanted.test(line)) {
          if (total >= first && lines.size() < PAGE) {
            lines.add(line);
          }
          total++;
        }
      }
    } catch (IOException e) {
      throw unreadable(file, e);
    }
    return new Page(total, asked, (int) Math.max(1, (total + PAGE - 1) / PAGE), lines);
  }

  private static Failure unreadable(Path file, IOException e) {
    return Failure.infrastructure(
        "cannot read " + file + ": " + Reason.of(e), "check its permissions", e);
  }
}
