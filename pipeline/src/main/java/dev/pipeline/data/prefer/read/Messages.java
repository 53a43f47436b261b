package dev.pipeline.data.prefer.read;

import dev.pipeline.data.Turn.Speaker;
import dev.pipeline.data.read.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a key holds: a text, a message or a list of them, as TRL ({@code role}, {@code content}) and
 * ShareGPT ({@code from}, {@code value}) write them. A system message is passed over, for the
 * configured one takes its place.
 */
record Messages(Fields fields, String key, List<Message> list) {
  /** One of them. */
  record Message(Speaker speaker, String text) {}

  /** Those below {@code key}, of which a bare text is {@code speaker}'s. */
  static Messages of(Fields fields, String key, Speaker speaker) {
    if (fields.isText(key)) {
      return new Messages(fields, key, List.of(new Message(speaker, fields.text(key))));
    }
    List<Message> list = new ArrayList<>();
    for (Fields message : fields.oneOrMore(key, "a text, a message or a list of messages")) {
      boolean shareGpt = message.has("from");
      String role = shareGpt ? "from" : "role";
      switch (message.text(role).toLowerCase(Locale.ROOT)) {
        case "user", "human", "supplier" ->
            list.add(new Message(Speaker.SUPPLIER, message.text(shareGpt ? "value" : "content")));
        case "assistant", "gpt", "buyer" ->
            list.add(new Message(Speaker.BUYER, message.text(shareGpt ? "value" : "content")));
        case "system" -> {}
        default -> throw message.wrong(role, "user or assistant (human or gpt)");
      }
    }
    return new Messages(fields, key, list);
  }

  /** The text of the last one, which must be {@code speaker}'s. */
  String last(Speaker speaker) {
    if (list.isEmpty() || list.get(list.size() - 1).speaker() != speaker) {
      String who = speaker == Speaker.BUYER ? "the assistant" : "the user";
      throw fields.wrong(key, "a text, or messages of which the last is " + who + "'s");
    }
    return list.get(list.size() - 1).text();
  }

  /** All but the last. */
  Messages before() {
    return new Messages(fields, key, list.subList(0, list.size() - 1));
  }

  /** All but the last as the lines of a context, one a turn. */
  String earlier() {
    return before().list().stream()
        .map(said -> said.speaker().label() + ": " + said.text().strip().replaceAll("\\s+", " "))
        .collect(Collectors.joining("\n"));
  }
}
