package dev.pipeline.data.read;

import dev.pipeline.data.Approval;
import dev.pipeline.data.Conversation;
import dev.pipeline.data.RoundState;
import dev.pipeline.data.Turn;
import dev.pipeline.data.Turn.Speaker;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * {@code
 * {"id","round","supplier_sentiment","outstanding_asks","messages":[{"role","name","text"}]}}.
 */
final class ChatShape implements ConversationShape {
  @Override
  public boolean recognises(Fields fields) {
    return fields.has("messages");
  }

  @Override
  public Conversation read(Fields fields, RawLine line) {
    RoundState state =
        new RoundState(
            fields.positive("round"),
            fields.text("supplier_sentiment"),
            fields.texts("outstanding_asks"));
    List<Turn> turns = new ArrayList<>();
    List<String> people = new ArrayList<>();
    for (Fields message : fields.objects("messages")) {
      turns.add(new Turn(speaker(message), message.text("text"), state));
      people.add(message.textOrEmpty("name"));
    }
    String id = fields.text("id");
    Approval approval =
        fields
            .optionalObject("review")
            .map(review -> Approvals.read(review, "status", "by"))
            .orElseGet(Approval::pending);
    return new Conversation(
        id, fields.textOrEmpty("scenario"), line.source(id), turns, approval, people, List.of());
  }

  private static Speaker speaker(Fields message) {
    return switch (message.text("role").toLowerCase(Locale.ROOT)) {
      case "supplier" -> Speaker.SUPPLIER;
      case "buyer" -> Speaker.BUYER;
      default -> throw message.wrong("role", "supplier or buyer");
    };
  }
}
