package dev.pipeline.data.prefer.read;

import dev.pipeline.data.Turn;
import dev.pipeline.data.Turn.Speaker;
import dev.pipeline.data.prefer.Origin;
import dev.pipeline.data.prefer.RawPair;
import dev.pipeline.data.read.Fields;
import dev.pipeline.data.read.RawLine;
import java.util.List;

/**
 * {@code {"attack_id","attack","round","sentiment","asks","turns":[{"speaker","text"}],
 * "should_have_said","finding"}}: the last turn is the answer that gave in.
 */
final class RedTeamShape implements PairShape {
  @Override
  public boolean recognises(Fields fields) {
    return fields.has("attack_id");
  }

  @Override
  public List<RawPair> read(Fields fields, RawLine line) {
    Head head = Head.of("attack_id", fields, line);
    List<Turn> turns = head.turns("turns");
    int last = turns.size() - 1;
    if (last < 1
        || turns.get(last).speaker() != Speaker.BUYER
        || turns.get(last - 1).speaker() != Speaker.SUPPLIER) {
      throw fields.wrong("turns", "turns that end with the supplier's and the buyer's");
    }
    Head.Answers answers =
        new Head.Answers(fields.text("should_have_said"), turns.get(last).text());
    return List.of(
        head.pair(
            Origin.RED_TEAM,
            1,
            turns.subList(0, last - 1),
            turns.get(last - 1).text(),
            answers,
            fields.textOrEmpty("finding")));
  }
}
