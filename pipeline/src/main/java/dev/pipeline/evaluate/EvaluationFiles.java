package dev.pipeline.evaluate;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.pipeline.evaluate.metric.Score;
import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Hashes;
import dev.pipeline.io.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.IntStream;

/**
 * An evaluation on disk: {@code answers.jsonl}, a line a row, then {@code evaluation.json}, whose
 * existence means that both are complete. Equal evaluations have equal bytes.
 */
public final class EvaluationFiles {
  /** Scores, models and sampling. */
  public static final String EVALUATION = "evaluation.json";

  /** Every row with both answers. */
  public static final String ANSWERS = "answers.jsonl";

  /** The gate's verdict with its reasons. */
  public static final String GATE = "gate.json";

  private static final String FIX = "run the evaluation again";

  private EvaluationFiles() {}

  private record Summary(
      int rows,
      @JsonProperty("answers_sha256") String answersSha256,
      Sampling sampling,
      Side base,
      Side tuned) {}

  private record Side(ModelIdentity model, SortedMap<String, Score> metrics) {}

  private record Line(HoldoutRow row, JudgedRow base, JudgedRow tuned) {}

  /** Writes both files into {@code folder}. */
  public static void write(Path folder, Evaluation evaluation) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < evaluation.rows().size(); i++) {
      JudgedRow base = evaluation.base().rows().get(i);
      JudgedRow tuned = evaluation.tuned().rows().get(i);
      lines.append(Json.line(new Line(evaluation.rows().get(i), base, tuned))).append('\n');
    }
    String answers = lines.toString();
    AtomicFiles.writeString(folder.resolve(ANSWERS), answers);
    Summary summary =
        new Summary(
            evaluation.rows().size(),
            Hashes.sha256(answers),
            evaluation.sampling(),
            new Side(evaluation.base().model(), evaluation.base().metrics()),
            new Side(evaluation.tuned().model(), evaluation.tuned().metrics()));
    AtomicFiles.writeString(folder.resolve(EVALUATION), Json.pretty(summary));
  }

  /** Reads what {@link #write} wrote; refuses files that do not belong together. */
  public static Evaluation read(Path folder) {
    Path summaryFile = folder.resolve(EVALUATION);
    Path answersFile = folder.resolve(ANSWERS);
    Summary summary = Json.parse(text(summaryFile), Summary.class, summaryFile.toString());
    String answers = text(answersFile);
    if (!Hashes.sha256(answers).equals(summary.answersSha256)) {
      throw Failure.refused(answersFile + " is not the one " + EVALUATION + " speaks of", FIX);
    }
    List<String> lines = answers.lines().toList();
    List<Line> rows =
        IntStream.range(0, lines.size())
            .mapToObj(i -> Json.parse(lines.get(i), Line.class, answersFile + " line " + (i + 1)))
            .toList();
    return new Evaluation(
        summary.sampling,
        rows.stream().map(Line::row).toList(),
        judgement(summary.base, rows.stream().map(Line::base).toList()),
        judgement(summary.tuned, rows.stream().map(Line::tuned).toList()));
  }

  /**
   * Writes {@code verdict} beside the evaluation; the bounds may change, the evaluation does not.
   */
  public static void writeVerdict(Path folder, Verdict verdict) {
    AtomicFiles.writeString(folder.resolve(GATE), Json.pretty(verdict));
  }

  /** Reads what {@link #writeVerdict} wrote. */
  public static Verdict readVerdict(Path folder) {
    Path file = folder.resolve(GATE);
    return Json.parse(text(file), Verdict.class, file.toString());
  }

  private static Judgement judgement(Side side, List<JudgedRow> rows) {
    return new Judgement(side.model, side.metrics, rows);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw Failure.refused("cannot read " + file + ": " + e.getMessage(), FIX);
    }
  }
}
