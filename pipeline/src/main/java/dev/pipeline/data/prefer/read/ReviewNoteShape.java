package dev.pipeline.data.prefer.read;

import dev.pipeline.data.prefer.Origin;
import dev.pipeline.data.prefer.RawPair;
import dev.pipeline.data.read.Fields;
import dev.pipeline.data.read.RawLine;
import java.util.List;

/** {@code {"note_id","round","sentiment","asks","supplier_says","draft","edited","note"}}. */
final class ReviewNoteShape implements PairShape {
  @Override
  public boolean recognises(Fields fields) {
    return fields.has("note_id");
  }

  @Override
  public List<RawPair> read(Fields fields, RawLine line) {
    Head head = Head.of("note_id", fields, line);
    Head.Answers answers = new Head.Answers(fields.text("edited"), fields.text("draft"));
    return List.of(
        head.pair(
            Origin.REVIEW_NOTE,
            1,
            head.turns("earlier"),
            fields.text("supplier_says"),
            answers,
            fields.textOrEmpty("note")));
  }
}
