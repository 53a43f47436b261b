package dev.pipeline.data.read;

import dev.pipeline.data.Approval;
import dev.pipeline.data.Conversation;
import dev.pipeline.data.RoundState;
import dev.pipeline.data.Turn;
import dev.pipeline.data.Turn.Speaker;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code {"thread_id","state":{...},"emails":[{"direction","from":"Name <address>","body"}]}}. */
final class EmailShape implements ConversationShape {
  @Override
  public boolean recognises(Fields fields) {
    return fields.has("emails");
  }

  @Override
  public Conversation read(Fields fields, RawLine line) {
    Fields stateFields = fields.object("state");
    RoundState state =
        new RoundState(
            stateFields.positive("round"),
            stateFields.text("sentiment"),
            stateFields.texts("open_asks"));
    List<Turn> turns = new ArrayList<>();
    List<String> people = new ArrayList<>();
    for (Fields email : fields.objects("emails")) {
      turns.add(new Turn(speaker(email), email.text("body"), state));
      people.add(displayName(email.textOrEmpty("from")));
    }
    String id = fields.text("thread_id");
    Approval approval =
        fields
            .optionalObject("annotation")
            .map(review -> Approvals.read(review, "verdict", "annotator"))
            .orElseGet(Approval::pending);
    return new Conversation(
        id, fields.textOrEmpty("scenario"), line.source(id), turns, approval, people, List.of());
  }

  private static Speaker speaker(Fields email) {
    return switch (email.text("direction").toLowerCase(Locale.ROOT)) {
      case "inbound" -> Speaker.SUPPLIER;
      case "outbound" -> Speaker.BUYER;
      default -> throw email.wrong("direction", "inbound or outbound");
    };
  }

  /** The name in {@code Name <address>}; empty for a bare address. */
  private static String displayName(String from) {
    int bracket = from.indexOf('<');
    if (bracket >= 0) {
      return from.substring(0, bracket).replace("\"", "").strip();
    }
    return from.contains("@") ? "" : from.strip();
  }
}
