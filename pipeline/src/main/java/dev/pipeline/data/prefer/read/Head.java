package dev.pipeline.data.prefer.read;

import dev.pipeline.data.RoundState;
import dev.pipeline.data.Turn;
import dev.pipeline.data.Turn.Speaker;
import dev.pipeline.data.mine.Miner;
import dev.pipeline.data.prefer.Origin;
import dev.pipeline.data.prefer.PreferencePair;
import dev.pipeline.data.prefer.RawPair;
import dev.pipeline.data.read.Fields;
import dev.pipeline.data.read.RawLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the lines of all captured shapes begin with: the scenario and where the talk stands. */
record Head(String id, Fields fields, RoundState state, RawLine line) {
  static Head of(String idKey, Fields fields, RawLine line) {
    RoundState state =
        new RoundState(fields.positive("round"), fields.text("sentiment"), fields.texts("asks"));
    return new Head(fields.text(idKey), fields, state, line);
  }

  /** The turns below {@code key}; none when it is absent. */
  List<Turn> turns(String key) {
    List<Turn> turns = new ArrayList<>();
    if (fields.has(key)) {
      for (Fields turn : fields.objects(key)) {
        turns.add(new Turn(speaker(turn), turn.text("text"), state));
      }
    }
    return turns;
  }

  /** A pair of answers to {@code prompt}; {@code number} counts the line's pairs from 1. */
  RawPair pair(
      Origin origin, int number, List<Turn> earlier, String prompt, Answers answers, String why) {
    return new RawPair(
        new PreferencePair(
            id + "/" + number,
            fields.textOrEmpty("scenario"),
            prompt,
            Miner.context(state, earlier),
            answers.chosen(),
            answers.rejected(),
            why,
            fields.textOrEmpty("failure_mode"),
            line.source().reply(id, number)),
        origin,
        fields.has("people") ? fields.texts("people") : List.of(),
        fields.has("company") ? List.of(fields.text("company")) : List.of());
  }

  /** The better and the worse answer. */
  record Answers(String chosen, String rejected) {}

  private static Speaker speaker(Fields turn) {
    return switch (turn.text("speaker").toLowerCase(Locale.ROOT)) {
      case "supplier" -> Speaker.SUPPLIER;
      case "buyer" -> Speaker.BUYER;
      default -> throw turn.wrong("speaker", "supplier or buyer");
    };
  }
}
