package dev.pipeline.evaluate.review;

import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A review as a table, a row an item, for reviewers without the page: as blind as the page, and
 * filled in with what its reviewer said so far.
 */
public final class ReviewSheet {
  private static final List<String> SHOWN =
      List.of("item", "context", "message", "left_answer", "right_answer");
  private static final String PREFERENCE = "preference";
  private static final String COMMENT = "comment";
  private static final List<String> COLUMNS =
      Stream.of(
              SHOWN.stream(),
              Stream.of(PREFERENCE),
              Stream.of(Criterion.values()).flatMap(one -> Stream.of(left(one), right(one))),
              Stream.of(COMMENT))
          .flatMap(columns -> columns)
          .toList();

  private ReviewSheet() {}

  /** Writes {@code reviewer}'s table to {@code file}, inviting the reviewer where needed. */
  public static void export(ReviewFolder folder, String reviewer, Path file) {
    Reviewer known = invited(folder, reviewer);
    ReviewState state = ReviewState.of(ReviewLog.read(folder.log()));
    List<List<String>> records = new ArrayList<>();
    records.add(COLUMNS);
    for (ReviewItem item : folder.items()) {
      records.add(record(item, state.opinion(known.name(), item.id())));
    }
    AtomicFiles.writeString(file, Csv.write(records));
  }

  /**
   * Takes over what {@code reviewer} filled in; all of the table or nothing.
   *
   * @return how many opinions were new or other than before
   */
  public static int take(ReviewFolder folder, String reviewer, Path file) {
    Map<String, Opinion> filled = new LinkedHashMap<>();
    Map<String, Integer> seen = new HashMap<>();
    Map<String, ReviewItem> items = new LinkedHashMap<>();
    folder.items().forEach(item -> items.put(item.id(), item));
    List<List<String>> records = Csv.read(text(file), file.toString());
    if (records.isEmpty() || !records.get(0).containsAll(COLUMNS)) {
      throw refused(file, "the first row must name the columns " + String.join(", ", COLUMNS));
    }
    for (int i = 1; i < records.size(); i++) {
      Map<String, String> cells = cells(records.get(0), records.get(i), file, i + 1);
      String id = cells.getOrDefault("item", "").strip();
      requireShown(items.get(id), cells, file, i + 1);
      Opinion opinion = opinion(cells, file, i + 1);
      if (seen.putIfAbsent(id, i + 1) != null) {
        throw refused(file, "rows " + seen.get(id) + " and " + (i + 1) + " are of the same item");
      }
      // An empty row is one that was not filled in, not one to forget.
      if (!opinion.equals(Opinion.NONE)) {
        filled.put(id, opinion);
      }
    }
    try (ReviewDesk desk = ReviewDesk.open(folder, List.of(reviewer))) {
      Reviewer known = desk.reviewers().named(reviewer).orElseThrow();
      Map<String, Opinion> before = desk.opinionsOf(known);
      filled
          .entrySet()
          .removeIf(one -> one.getValue().equals(before.getOrDefault(one.getKey(), Opinion.NONE)));
      filled.forEach((item, opinion) -> desk.keep(known, item, opinion));
    }
    return filled.size();
  }

  private static Reviewer invited(ReviewFolder folder, String reviewer) {
    return folder.reviewers().invite(List.of(reviewer)).named(reviewer).orElseThrow();
  }

  private static List<String> record(ReviewItem item, Opinion opinion) {
    List<String> cells =
        new ArrayList<>(
            List.of(item.id(), item.context(), item.message(), item.left(), item.right()));
    Preference preference = opinion.preference();
    cells.add(preference == null ? "" : preference.word());
    for (Criterion criterion : Criterion.values()) {
      cells.add(cell(opinion.left(), criterion));
      cells.add(cell(opinion.right(), criterion));
    }
    cells.add(opinion.comment());
    return cells;
  }

  private static String cell(Map<Criterion, Integer> ratings, Criterion criterion) {
    return ratings.containsKey(criterion) ? String.valueOf(ratings.get(criterion)) : "";
  }

  private static Map<String, String> cells(
      List<String> columns, List<String> record, Path file, int row) {
    if (record.size() != columns.size()) {
      throw refused(file, "row " + row + " has " + record.size() + " cells, not " + columns.size());
    }
    Map<String, String> cells = new LinkedHashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      String column = columns.get(i).strip().toLowerCase(Locale.ROOT);
      if (cells.put(column, record.get(i)) != null) {
        throw refused(file, "the column " + column + " stands there twice");
      }
    }
    return cells;
  }

  private static void requireShown(
      @Nullable ReviewItem item, Map<String, String> cells, Path file, int row) {
    if (item == null
        || !words(item.left()).equals(words(cells.getOrDefault("left_answer", "")))
        || !words(item.right()).equals(words(cells.getOrDefault("right_answer", "")))) {
      throw refused(file, "row " + row + " is of another review, or its answers were changed");
    }
  }

  /** Spreadsheets change line breaks; nothing else may differ. */
  private static String words(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }

  private static Opinion opinion(Map<String, String> cells, Path file, int row) {
    String preference = cells.getOrDefault(PREFERENCE, "").strip();
    try {
      return new Opinion(
          preference.isEmpty() ? null : Preference.of(preference),
          ratings(cells, ReviewSheet::left),
          ratings(cells, ReviewSheet::right),
          cells.getOrDefault(COMMENT, "").strip());
    } catch (Failure e) {
      throw Failure.refused(file + " row " + row + ": " + e.reason(), e.fix());
    }
  }

  private static Map<Criterion, Integer> ratings(
      Map<String, String> cells, Function<Criterion, String> column) {
    Map<Criterion, Integer> ratings = new EnumMap<>(Criterion.class);
    for (Criterion criterion : Criterion.values()) {
      String cell = cells.getOrDefault(column.apply(criterion), "").strip();
      if (!cell.isEmpty()) {
        ratings.put(criterion, whole(column.apply(criterion), cell));
      }
    }
    return ratings;
  }

  private static int whole(String column, String cell) {
    try {
      return Integer.parseInt(cell);
    } catch (NumberFormatException e) {
      throw Failure.refused(
          column + " is \"" + cell + "\", which is no whole number", "rate from 1 to 5");
    }
  }

  private static String left(Criterion criterion) {
    return criterion.word() + "_left";
  }

  private static String right(Criterion criterion) {
    return criterion.word() + "_right";
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw Failure.usage("cannot read " + file, "name a file that 'pipeline review export' made");
    }
  }

  private static Failure refused(Path file, String fault) {
    return Failure.refused(file + ": " + fault, "export the table again and fill in a copy");
  }
}
