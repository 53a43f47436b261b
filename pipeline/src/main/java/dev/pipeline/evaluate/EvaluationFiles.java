package dev.pipeline.evaluate;

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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * An evaluation on disk: {@code answers.jsonl}, a line a row, {@code suites.jsonl}, a line an item,
 * then {@code evaluation.json}, whose existence means that all are complete. Equal evaluations have
 * equal bytes.
 */
public final class EvaluationFiles {
  /** Scores, models and sampling. */
  public static final String EVALUATION = "evaluation.json";

  /** Every row with both answers. */
  public static final String ANSWERS = "answers.jsonl";

  /** Every item of every suite with what both models made of it. */
  public static final String SUITES = "suites.jsonl";

  private static final String FIX = "run the evaluation again";

  private EvaluationFiles() {}

  private record Summary(
      int rows,
      @JsonProperty("answers_sha256") String answersSha256,
      @JsonProperty("suites_sha256") String suitesSha256,
      Sampling sampling,
      Side base,
      Side tuned) {}

  private record Side(
      ModelIdentity model,
      SortedMap<String, Score> metrics,
      Map<String, SortedMap<String, Score>> suites) {}

  private record Line(HoldoutRow row, JudgedRow base, JudgedRow tuned) {}

  private record SuiteLine(String suite, Item base, Item tuned) {}

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
        judgement(summary.base, rows.stream().map(Line::base).toList(), items, SuiteLine::base),
        judgement(summary.tuned, rows.stream().map(Line::tuned).toList(), items, SuiteLine::tuned));
  }

  private static List<Line> answerLines(Evaluation evaluation) {
    return IntStream.range(0, evaluation.rows().size())
        .mapToObj(
            i ->
                new Line(
                    evaluation.rows().get(i),
                    evaluation.base().rows().get(i),
                    evaluation.tuned().rows().get(i)))
        .toList();
  }

  private static List<SuiteLine> suiteLines(Evaluation evaluation) {
    List<SuiteLine> lines = new ArrayList<>();
    for (int suite = 0; suite < evaluation.base().suites().size(); suite++) {
      SuiteResult base = evaluation.base().suites().get(suite);
      SuiteResult tuned = evaluation.tuned().suites().get(suite);
      for (int i = 0; i < base.items().size(); i++) {
        lines.add(new SuiteLine(base.suite(), base.items().get(i), tuned.items().get(i)));
      }
    }
    return lines;
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
      Side side, List<JudgedRow> rows, List<SuiteLine> items, Function<SuiteLine, Item> of) {
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
                        items.stream().filter(line -> line.suite().equals(name)).map(of).toList()))
            .toList();
    return new Judgement(side.model, side.metrics, rows, suites);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw Failure.refused("cannot read " + file + ": " + e.getMessage(), FIX);
    }
  }
}
