package dev.pipeline.train;

import dev.pipeline.chat.NegotiationPrompt;
import dev.pipeline.data.JsonLines;
import dev.pipeline.data.prefer.PreferencePair;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Preference pairs as token sequences of at most {@code sequence_len} tokens.
 *
 * @param rows pairs that fit, in file order
 * @param tooLong ids of pairs that do not fit even without their context, and are left out
 */
public record PreferenceRows(List<PreferenceRow> rows, List<String> tooLong) {
  /** What must not be a number that was meant as something else. */
  private static final List<String> TEXTS = List.of("prompt", "context", "chosen", "rejected");

  /**
   * Reads {@code train.jsonl} or {@code validation.jsonl} of a preference dataset.
   *
   * @param most how many rows that fit are enough; 0 for all
   */
  public static PreferenceRows read(
      Path file, NegotiationPrompt prompt, int sequenceLength, int most) {
    List<PreferenceRow> rows = new ArrayList<>();
    List<String> tooLong = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    int line = 0;
    for (ObjectNode fields : JsonLines.read(file, ObjectNode.class)) {
      line++;
      PreferencePair pair = pair(fields, line, file + " line " + line);
      requireUsable(pair, ids.add(pair.id()), file + " line " + line);
      PreferenceRow row = PreferenceRow.of(pair, prompt, sequenceLength);
      if (row.length() > sequenceLength) {
        tooLong.add(pair.id());
      } else if (most == 0 || rows.size() < most) {
        rows.add(row);
      }
    }
    if (rows.isEmpty()) {
      throw Failure.refused(
          file + " holds no pair that fits " + sequenceLength + " tokens",
          "raise sequence_len or add pairs");
    }
    return new PreferenceRows(rows, tooLong);
  }

  /** A pair without an id is called by its line. */
  private static PreferencePair pair(ObjectNode fields, int line, String where) {
    for (String text : TEXTS) {
      JsonNode value = fields.path(text);
      if (!value.isString() && !value.isNull() && !value.isMissingNode()) {
        String kind = value.getNodeType().name().toLowerCase(Locale.ROOT);
        throw Failure.refused(
            where + ": " + text + " is of the kind " + kind + ", not text",
            "put " + text + " in quotation marks");
      }
    }
    if (fields.path("id").isMissingNode()) {
      fields.put("id", Integer.toString(line));
    }
    return Json.parse(Json.line(fields), PreferencePair.class, where);
  }

  private static void requireUsable(PreferencePair pair, boolean fresh, String where) {
    if (!fresh) {
      throw Failure.refused(
          where + ": pair " + pair.id() + " stands there twice", "give each pair an id of its own");
    }
    if (pair.chosen().isBlank() || pair.rejected().isBlank()) {
      String which = pair.chosen().isBlank() ? "chosen" : "rejected";
      throw Failure.refused(
          where + ": pair " + pair.id() + ": " + which + " is empty", "write an answer there");
    }
    if (pair.chosen().strip().equals(pair.rejected().strip())) {
      throw Failure.refused(
          where + ": pair " + pair.id() + ": chosen and rejected are the same answer",
          "remove the pair: it prefers nothing");
    }
  }

  /** What a person wants to know before training: nothing is left out in silence. */
  public Map<String, Object> report() {
    return Map.of("pairs", rows.size(), "left_out_too_long", tooLong);
  }
}
