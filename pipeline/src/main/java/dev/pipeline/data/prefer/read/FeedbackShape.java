package dev.pipeline.data.prefer.read;

import dev.pipeline.data.prefer.Origin;
import dev.pipeline.data.prefer.RawPair;
import dev.pipeline.data.read.Fields;
import dev.pipeline.data.read.RawLine;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code
 * {"feedback_id","round","sentiment","asks","message","shown":[{"text","thumb","edit","comment"}]}}:
 * a thumb down loses to the user's own edit of it, and without one to every answer with a thumb up.
 */
final class FeedbackShape implements PairShape {
  @Override
  public boolean recognises(Fields fields) {
    return fields.has("feedback_id");
  }

  @Override
  public List<RawPair> read(Fields fields, RawLine line) {
    Head head = Head.of("feedback_id", fields, line);
    String message = fields.text("message");
    List<String> liked = new ArrayList<>();
    List<Fields> disliked = new ArrayList<>();
    for (Fields shown : fields.objects("shown")) {
      if (up(shown)) {
        liked.add(shown.text("text"));
      } else {
        disliked.add(shown);
      }
    }
    List<RawPair> pairs = new ArrayList<>();
    for (Fields shown : disliked) {
      for (String better : shown.has("edit") ? List.of(shown.text("edit")) : liked) {
        pairs.add(
            head.pair(
                Origin.FEEDBACK,
                pairs.size() + 1,
                head.turns("earlier"),
                message,
                new Head.Answers(better, shown.text("text")),
                shown.textOrEmpty("comment")));
      }
    }
    return pairs;
  }

  private static boolean up(Fields shown) {
    return switch (shown.text("thumb")) {
      case "up" -> true;
      case "down" -> false;
      default -> throw shown.wrong("thumb", "up or down");
    };
  }
}
