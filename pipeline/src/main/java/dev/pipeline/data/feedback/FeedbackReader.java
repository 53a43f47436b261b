package dev.pipeline.data.feedback;

import dev.pipeline.config.NearestKey;
import dev.pipeline.data.RoundState;
import dev.pipeline.data.read.Fields;
import dev.pipeline.data.read.MalformedLine;
import dev.pipeline.io.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;

/**
 * Reads one JSON object, strictly:
 *
 * <pre>
 * {"message": "...", "answer": "...", "thumb": "up" or "down",
 *  "edit": "...", "comment": "...", "who": "...", "id": "...", "time": "2026-11-22T10:00:00Z", "release": "3",
 *  "scenario": "...", "round": 1, "sentiment": "calm", "asks": ["..."], "earlier": [{"speaker": "supplier", "text": "..."}],
 *  "people": ["..."], "company": "..."}
 * </pre>
 *
 * <p>The first line must be there, the rest may be missing; round, sentiment and asks come
 * together.
 */
final class FeedbackReader {
  private static final Set<String> KEYS =
      Set.of(
          "message",
          "answer",
          "thumb",
          "edit",
          "comment",
          "who",
          "id",
          "time",
          "release",
          "scenario",
          "round",
          "sentiment",
          "asks",
          "earlier",
          "people",
          "company");

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,63}");
  private static final int SHORT_TEXT = 200;
  private static final int MOST_TURNS = 50;
  private static final int MOST_NAMES = 20;

  private final int longestText;

  /** A reader of texts of at most {@code longestText} characters. */
  FeedbackReader(int longestText) {
    this.longestText = longestText;
  }

  /**
   * Reads {@code json}.
   *
   * @throws MalformedLine naming the key that is wrong, never its value
   */
  Incoming read(String json) {
    JsonNode node = parse(json);
    Fields fields = Fields.of(node);
    for (String key : new TreeSet<>(node.propertyNames())) {
      if (!KEYS.contains(key)) {
        throw new MalformedLine("there is a key it does not know; " + NearestKey.fix(key, KEYS));
      }
    }
    return new Incoming(
        optional(fields, "id").map(id -> name(fields, "id", id)),
        opinion(fields),
        fields.has("people") ? names(fields, "people") : List.of(),
        optional(fields, "company").map(List::of).orElse(List.of()));
  }

  private static JsonNode parse(String json) {
    try {
      JsonNode node = Json.mapper().readTree(json);
      if (node == null) {
        throw new MalformedLine("it is empty");
      }
      return node;
    } catch (JacksonException e) {
      // The parser's own words quote the text, which may hold anything.
      TokenStreamLocation at = e.getLocation();
      throw new MalformedLine(
          "it is no JSON" + (at == null ? "" : ", from column " + at.getColumnNr() + " on"));
    }
  }

  private Opinion opinion(Fields fields) {
    return new Opinion(
        time(fields),
        optional(fields, "release").map(text -> name(fields, "release", text)).orElse(null),
        optional(fields, "scenario").map(text -> name(fields, "scenario", text)).orElse(""),
        state(fields),
        earlier(fields),
        needed(fields, "message"),
        needed(fields, "answer"),
        thumb(fields),
        fields.has("edit") ? needed(fields, "edit") : null,
        fields.has("comment") ? bounded(fields, "comment", longestText) : null,
        optional(fields, "who").orElse(null));
  }

  private static Thumb thumb(Fields fields) {
    return switch (fields.text("thumb")) {
      case "up" -> Thumb.UP;
      case "down" -> Thumb.DOWN;
      default -> throw fields.wrong("thumb", "up or down");
    };
  }

  private static @Nullable String time(Fields fields) {
    if (!fields.has("time")) {
      return null;
    }
    try {
      return Instant.parse(fields.text("time")).toString();
    } catch (DateTimeException e) {
      throw fields.wrong("time", "a time such as 2026-11-22T10:00:00Z");
    }
  }

  private static @Nullable RoundState state(Fields fields) {
    if (!fields.has("round") && !fields.has("sentiment") && !fields.has("asks")) {
      return null;
    }
    return new RoundState(
        fields.positive("round"),
        name(fields, "sentiment", fields.text("sentiment")),
        names(fields, "asks"));
  }

  private List<Said> earlier(Fields fields) {
    List<Said> earlier = new ArrayList<>();
    if (fields.has("earlier")) {
      for (Fields turn : fields.objects("earlier")) {
        String speaker = turn.text("speaker");
        if (!speaker.equals("supplier") && !speaker.equals("buyer")) {
          throw turn.wrong("speaker", "supplier or buyer");
        }
        earlier.add(new Said(speaker, bounded(turn, "text", longestText)));
      }
      requireFew(fields, "earlier", earlier, MOST_TURNS);
    }
    return earlier;
  }

  /** A text with words. */
  private String needed(Fields fields, String key) {
    String text = bounded(fields, key, longestText);
    if (text.chars().noneMatch(Character::isLetter)) {
      throw fields.wrong(key, "a text with words");
    }
    return text;
  }

  private static Optional<String> optional(Fields fields, String key) {
    return fields.has(key) ? Optional.of(bounded(fields, key, SHORT_TEXT)) : Optional.empty();
  }

  private static List<String> names(Fields fields, String key) {
    List<String> names = fields.texts(key);
    requireFew(fields, key, names, MOST_NAMES);
    if (names.stream().anyMatch(name -> name.length() > SHORT_TEXT)) {
      throw fields.wrong(key, "a list of texts of at most " + SHORT_TEXT + " characters");
    }
    return names;
  }

  private static void requireFew(Fields fields, String key, List<?> items, int most) {
    if (items.size() > most) {
      throw fields.wrong(key, "a list of at most " + most);
    }
  }

  private static String bounded(Fields fields, String key, int most) {
    String text = fields.text(key);
    if (text.length() > most) {
      throw fields.wrong(key, "a text of at most " + most + " characters");
    }
    return text;
  }

  private static String name(Fields fields, String key, String text) {
    if (!NAME.matcher(text).matches()) {
      throw fields.wrong(key, "a name of at most 64 letters, digits, '.', '_', ':' and '-'");
    }
    return text;
  }
}
