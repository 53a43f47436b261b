package dev.pipeline.data.prefer.read;

import dev.pipeline.data.prefer.RawPair;
import dev.pipeline.data.prefer.RejectedPair;
import dev.pipeline.data.read.Fields;
import dev.pipeline.data.read.MalformedLine;
import dev.pipeline.data.read.RawLine;
import dev.pipeline.data.read.RawLines;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;

/** Reads raw lines, whichever shape each has: a bad line costs itself, a bad file stops the job. */
public final class PairReader {
  /** Reason code of a line that is no JSON object of a known shape. */
  public static final String UNREADABLE = "unreadable-line";

  /** Reason code of a line that lacks a key or has a wrong value for it. */
  public static final String MALFORMED = "malformed-pair";

  /** Reason code of a line in which no answer is preferred to another. */
  public static final String NO_PREFERENCE = "no-preference";

  private static final String SHAPES =
      "compare it with the shapes in datasets/preferences-raw/README.md";

  private static final List<PairShape> ALL =
      List.of(new ReviewNoteShape(), new RedTeamShape(), new FeedbackShape(), new PlainShape());

  private PairReader() {}

  /** What a line gave: pairs, or why there are none. */
  public record Reading(List<RawPair> pairs, Optional<RejectedPair> rejected) {
    /** Copies the list. */
    public Reading {
      pairs = List.copyOf(pairs);
    }
  }

  /** The pairs in {@code line}. */
  public static Reading read(RawLine line) {
    if (!line.complete()) {
      return refused(UNREADABLE, "longer than " + RawLines.LONGEST_LINE + " bytes", line);
    }
    try {
      Fields fields = Fields.of(Json.mapper().readTree(line.text()));
      for (PairShape shape : ALL) {
        if (shape.recognises(fields)) {
          return read(shape, fields, line);
        }
      }
      return refused(UNREADABLE, "none of the keys note_id, attack_id, feedback_id, prompt", line);
    } catch (JacksonException e) {
      return refused(UNREADABLE, "no JSON: " + Json.fault(e), line);
    } catch (MalformedLine e) {
      return refused(MALFORMED, e.reason(), line);
    }
  }

  /** All lines of {@code files}; refuses a file of which no line can be read. */
  public static List<RawLine> lines(List<Path> files) {
    List<RawLine> all = new ArrayList<>();
    for (Path file : files) {
      List<RawLine> lines = new ArrayList<>();
      RawLines.forEach(List.of(file), lines::add);
      requireReadable(file, lines);
      all.addAll(lines);
    }
    return all;
  }

  /** Ids of the pairs that {@code lines} hold. */
  public static Set<String> ids(List<RawLine> lines) {
    return lines.stream()
        .flatMap(line -> read(line).pairs().stream())
        .map(raw -> raw.pair().id())
        .collect(Collectors.toSet());
  }

  private static void requireReadable(Path file, List<RawLine> lines) {
    if (lines.stream().anyMatch(PairReader::isReadable)) {
      return;
    }
    Optional<RejectedPair> first =
        lines.stream().flatMap(line -> read(line).rejected().stream()).findFirst();
    throw Failure.refused(
        "no line of "
            + file
            + " can be read; "
            + first
                .map(one -> "line " + one.source().line() + ": " + one.detail())
                .orElse("it is empty"),
        first
            .map(one -> one.fix() + ", or move the file away")
            .orElse("restore it or move it away"));
  }

  /** Praise alone prefers nothing, and is read all the same. */
  private static boolean isReadable(RawLine line) {
    return read(line).rejected().filter(row -> !row.reason().equals(NO_PREFERENCE)).isEmpty();
  }

  private static Reading read(PairShape shape, Fields fields, RawLine line) {
    List<RawPair> pairs = shape.read(fields, line);
    return pairs.isEmpty()
        ? refused(NO_PREFERENCE, "'shown' has no answer that another one beats", line)
        : new Reading(pairs, Optional.empty());
  }

  private static Reading refused(String reason, String detail, RawLine line) {
    String fix =
        reason.equals(NO_PREFERENCE)
            ? "give the answer with 'thumb' down an 'edit', or show one with 'thumb' up"
            : SHAPES;
    return new Reading(List.of(), Optional.of(RejectedPair.line(reason, detail, fix, line)));
  }
}
