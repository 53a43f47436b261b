package dev.pipeline.data.read;

import dev.pipeline.data.Approval;
import dev.pipeline.data.Conversation;
import dev.pipeline.data.RoundState;
import dev.pipeline.data.Turn;
import dev.pipeline.data.Turn.Speaker;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code {"conversation_id","supplier":{"company","contact"},"rounds":[{"supplier_says",...}]}}.
 */
final class RoundsShape implements ConversationShape {
  @Override
  public boolean recognises(Fields fields) {
    return fields.has("rounds");
  }

  @Override
  public Conversation read(Fields fields, RawLine line) {
    List<Turn> turns = new ArrayList<>();
    for (Fields round : fields.objects("rounds")) {
      RoundState state =
          new RoundState(round.positive("round"), round.text("sentiment"), round.texts("asks"));
      turns.add(new Turn(Speaker.SUPPLIER, round.text("supplier_says"), state));
      if (round.has("buyer_replies")) {
        turns.add(new Turn(Speaker.BUYER, round.text("buyer_replies"), state));
      }
    }
    String id = fields.text("conversation_id");
    Fields supplier = fields.object("supplier");
    Approval approval =
        fields
            .optionalObject("approval")
            .map(review -> Approvals.read(review, "state", "by"))
            .orElseGet(Approval::pending);
    return new Conversation(
        id,
        fields.textOrEmpty("scenario"),
        line.source(id),
        turns,
        approval,
        List.of(supplier.textOrEmpty("contact")),
        List.of(supplier.textOrEmpty("company")));
  }
}
