package dev.pipeline.evaluate;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.pipeline.evaluate.metric.Score;
import dev.pipeline.evaluate.suite.Item;
import dev.pipeline.evaluate.suite.SuiteResult;
import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Hashes;
import dev.pipeline.io.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * An evaluation on disk: {@code answers.jsonl}, a line a row, {@code suites.jsonl}, a line an item,
 * then {@code evaluation.json}, whose existence means that all are complete. Equal evaluations have
 * equal bytes.
 */
public final class EvaluationFiles {
  /** Scores, models and sampling. */
  public static final String EVALUATION = "evaluation.json";

  /** Every row with all answers. */
  public static final String ANSWERS = "answers.jsonl";

  /** Every item of every suite with what each model made of it. */
  public static final String SUITES = "suites.jsonl";

  private static final String FIX = "run the evaluation again";

  private EvaluationFiles() {}

  private record Summary(
      int rows,
      @JsonProperty("answers_sha256") String answersSha256,
      @JsonProperty("suites_sha256") String suitesSha256,
      Sampling sampling,
      Side base,
      @JsonInclude(Include.NON_ABSENT) Optional<Side> start,
      Side tuned) {}

  private record Side(
      ModelIdentity model,
      SortedMap<String, Score> metrics,
      Map<String, SortedMap<String, Score>> suites) {}

  private record Line(
      HoldoutRow row,
      JudgedRow base,
      @JsonInclude(Include.NON_ABSENT) Optional<JudgedRow> start,
      JudgedRow tuned) {}

  private record SuiteLine(
      String suite, Item base, @JsonInclude(Include.NON_ABSENT) Optional<Item> start, Item tuned) {}

  /** Writes the files into {@code folder}. */
  public static void write(Path folder, Evaluation evaluation) {
    String answers = lines(answerLines(evaluation));
    AtomicFiles.writeString(folder.resolve(ANSWERS), answers);
    String suites = lines(suiteLines(evaluation));
    AtomicFiles.writeString(folder.resolve(SUITES), suites);
    Summary summary =
        new Summary(
            evaluation.rows().size(),
            Hashes.sha256(answers),
            Hashes.sha256(suites),
            evaluation.sampling(),
            side(evaluation.base()),
            evaluation.start().map(EvaluationFiles::side),
            side(evaluation.tuned()));
    AtomicFiles.writeString(folder.resolve(EVALUATION), Json.pretty(summary));
  }

  /** Reads what {@link #write} wrote; refuses files that do not belong together. */
  public static Evaluation read(Path folder) {
    Path summaryFile = folder.resolve(EVALUATION);
    Summary summary = Json.parse(text(summaryFile), Summary.class, summaryFile.toString());
    List<Line> rows = lines(folder.resolve(ANSWERS), summary.answersSha256, Line.class);
    List<SuiteLine> items = lines(folder.resolve(SUITES), summary.suitesSha256, SuiteLine.class);
    return new Evaluation(
        summary.sampling,
        rows.stream().map(Line::row).toList(),
        judgement(summary.base, rows, Line::base, items, SuiteLine::base),
        summary.start.map(
            side ->
                judgement(
                    side,
                    rows,
                    line -> line.start().orElseThrow(),
                    items,
                    line -> line.start().orElseThrow())),
        judgement(summary.tuned, rows, Line::tuned, items, SuiteLine::tuned));
  }

  private static List<Line> answerLines(Evaluation evaluation) {
    return IntStream.range(0, evaluation.rows().size())
        .mapToObj(
            i ->
                new Line(
                    evaluation.rows().get(i),
                    evaluation.base().rows().get(i),
                    evaluation.start().map(start -> start.rows().get(i)),
                    evaluation.tuned().rows().get(i)))
        .toList();
  }

  private static List<SuiteLine> suiteLines(Evaluation evaluation) {
    return IntStream.range(0, evaluation.base().suites().size())
        .mapToObj(suite -> suiteLines(evaluation, suite))
        .flatMap(lines -> lines)
        .toList();
  }

  private static Stream<SuiteLine> suiteLines(Evaluation evaluation, int suite) {
    SuiteResult base = evaluation.base().suites().get(suite);
    return IntStream.range(0, base.items().size())
        .mapToObj(
            i ->
                new SuiteLine(
                    base.suite(),
                    base.items().get(i),
                    evaluation.start().map(start -> item(start, suite, i)),
                    item(evaluation.tuned(), suite, i)));
  }

  private static Item item(Judgement judgement, int suite, int item) {
    return judgement.suites().get(suite).items().get(item);
  }

  private static Side side(Judgement judgement) {
    Map<String, SortedMap<String, Score>> suites = new LinkedHashMap<>();
    judgement.suites().forEach(result -> suites.put(result.suite(), result.metrics()));
    return new Side(judgement.model(), judgement.metrics(), suites);
  }

  private static String lines(List<?> records) {
    return records.stream().map(line -> Json.line(line) + "\n").collect(Collectors.joining());
  }

  private static <T> List<T> lines(Path file, String sha256, Class<T> type) {
    String text = text(file);
    if (!Hashes.sha256(text).equals(sha256)) {
      throw Failure.refused(file + " is not the one " + EVALUATION + " speaks of", FIX);
    }
    List<String> lines = text.lines().toList();
    return IntStream.range(0, lines.size())
        .mapToObj(i -> Json.parse(lines.get(i), type, file + " line " + (i + 1)))
        .toList();
  }

  private static Judgement judgement(
      Side side,
      List<Line> rows,
      Function<Line, JudgedRow> row,
      List<SuiteLine> items,
      Function<SuiteLine, Item> item) {
    // The order of the lines, as a map in a file has none.
    List<SuiteResult> suites =
        items.stream()
            .map(SuiteLine::suite)
            .distinct()
            .map(
                name ->
                    new SuiteResult(
                        name,
                        side.suites.getOrDefault(name, new TreeMap<>()),
                        items.stream()
                            .filter(line -> line.suite().equals(name))
                            .map(item)
                            .toList()))
            .toList();
    return new Judgement(
        side.model,
        rows.stream().map(Line::row).toList(),
        side.metrics,
        rows.stream().map(row).toList(),
        suites);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw Failure.refused("cannot read " + file + ": " + e.getMessage(), FIX);
    }
  }
}
