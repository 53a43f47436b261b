package dev.pipeline.data.read;

import dev.pipeline.data.Rejected;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/**
 * Reads one raw line, whichever shape it has. Nothing a line holds makes it throw: real exports
 * have torn lines, and one of them must cost one row, not a night's job.
 */
public final class ConversationReader {
  /** Reason code of a line that is no conversation. */
  public static final String UNREADABLE = "unreadable-line";

  private static final List<ConversationShape> SHAPES =
      List.of(new ChatShape(), new RoundsShape(), new EmailShape(), new TranscriptShape());

  private ConversationReader() {}

  /** The conversation in {@code line}, or why there is none. */
  public static Reading read(RawLine line) {
    if (!line.complete()) {
      return unreadable(line, "longer than " + RawLines.LONGEST_LINE + " bytes");
    }
    if (line.text().isEmpty()) {
      return unreadable(line, "empty line");
    }
    try {
      Fields fields = Fields.of(Json.mapper().readTree(line.text()));
      for (ConversationShape shape : SHAPES) {
        if (shape.recognises(fields)) {
          return new Reading.Understood(shape.read(fields, line));
        }
      }
      return unreadable(line, "none of the keys messages, rounds, emails, transcript");
    } catch (JacksonException e) {
      return unreadable(line, "no JSON: " + Json.fault(e));
    } catch (MalformedLine e) {
      return unreadable(line, e.reason());
    }
  }

  /** Refuses {@code files} of {@code folder} when no line of them is a conversation. */
  public static void requireAny(Path folder, List<Path> files) {
    Optional<Rejected> first = Optional.empty();
    for (Path file : files) {
      try (RawLines lines = RawLines.open(file)) {
        for (Optional<RawLine> line = lines.next(); line.isPresent(); line = lines.next()) {
          if (!(read(line.get()) instanceof Reading.Unreadable unreadable)) {
            return;
          }
          first = first.or(() -> Optional.of(unreadable.rejected()));
        }
      }
    }
    String why =
        first
            .map(
                rejected ->
                    "; %s line %d: %s"
                        .formatted(
                            rejected.source().file(), rejected.source().line(), rejected.detail()))
            .orElse("; they are empty");
    throw Failure.refused(
        "no line of the raw files in " + folder + " holds a conversation" + why,
        "compare them with the shapes in datasets/README.md");
  }

  private static Reading unreadable(RawLine line, String detail) {
    return new Reading.Unreadable(Rejected.line(UNREADABLE, detail, line.source(), line.text()));
  }
}
