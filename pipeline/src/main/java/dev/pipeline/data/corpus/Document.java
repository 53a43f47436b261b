package dev.pipeline.data.corpus;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One text of the corpus. */
public sealed interface Document {

  /** A paragraph. */
  record Prose(String text) implements Document {}

  /** A chat: at most one system message, then user and assistant in turn. */
  record Dialogue(List<Message> messages) implements Document {}

  /** What one role says; {@code role} is system, user or assistant. */
  record Message(String role, String content) {}

  /** Splits expanded text at its {@code <role>} marks; without any it is prose. */
  static Document of(String text) {
    Matcher mark = Pattern.compile("<(system|user|assistant)>").matcher(text);
    List<Message> messages = new ArrayList<>();
    String role = "";
    int start = 0;
    while (mark.find()) {
      if (!role.isEmpty()) {
        messages.add(new Message(role, text.substring(start, mark.start()).strip()));
      }
      role = mark.group(1);
      start = mark.end();
    }
    if (role.isEmpty()) {
      return new Prose(text.strip());
    }
    messages.add(new Message(role, text.substring(start).strip()));
    return new Dialogue(List.copyOf(messages));
  }
}
