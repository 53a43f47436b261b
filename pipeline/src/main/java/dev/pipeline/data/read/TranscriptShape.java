package dev.pipeline.data.read;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.pipeline.data.Conversation;
import dev.pipeline.data.RoundState;
import dev.pipeline.data.Turn;
import dev.pipeline.data.Turn.Speaker;
import java.util.ArrayList;
import java.util.List;

/** {@code {"call_id","round","transcript":"SUPPLIER (Name): ...\nBUYER (Name): ..."}}. */
final class TranscriptShape implements ConversationShape {
  private static final Pattern LABEL =
      Pattern.compile("^(?i:(supplier|buyer))\\s*(?:\\(([^)]*)\\))?\\s*:\\s*(.*)$");

  @Override
  public boolean recognises(Fields fields) {
    return fields.has("transcript");
  }

  @Override
  public Conversation read(Fields fields, RawLine line) {
    RoundState state =
        new RoundState(
            fields.positive("round"), fields.text("sentiment"), fields.texts("open_points"));
    List<Turn> turns = new ArrayList<>();
    List<String> people = new ArrayList<>();
    for (String row : fields.text("transcript").split("\n", -1)) {
      Matcher label = LABEL.matcher(row);
      if (label.matches()) {
        turns.add(new Turn(speaker(label.group(1)), label.group(3), state));
        String name = label.group(2);
        people.add(name == null ? "" : name.strip());
      } else if (!turns.isEmpty()) {
        Turn last = turns.remove(turns.size() - 1);
        turns.add(new Turn(last.speaker(), last.text() + "\n" + row, state));
      } else if (!row.isBlank()) {
        throw fields.wrong("transcript", "lines that start with SUPPLIER: or BUYER:");
      }
    }
    String id = fields.text("call_id");
    return new Conversation(
        id,
        fields.textOrEmpty("scenario"),
        line.source(id),
        turns,
        Approvals.read(fields, "status", "reviewer"),
        people,
        List.of());
  }

  private static Speaker speaker(String label) {
    return label.equalsIgnoreCase("supplier") ? Speaker.SUPPLIER : Speaker.BUYER;
  }
}
