package dev.pipeline.release;

import dev.pipeline.chat.ChatMessage;
import java.util.List;

/**
 * The part of a chat template that a server without Jinja can carry out: fixed text around each
 * message, depending on nothing but its role and, for the first question, on a system message
 * before it.
 *
 * @param openingWithoutSystem what stands first when the conversation has no system message, such
 *     as a default one
 * @param system around a system message, whatever the template writes first included
 * @param systemOpensQuestion whether the text in front of a first question is part of {@code
 *     system}, as in Llama 2's format, where a system message stands within that question
 * @param user around a user message
 * @param assistant around an answer; {@code after} is the trained terminator
 * @param generationPrompt what makes the model answer
 */
record TurnLayout(
    String openingWithoutSystem,
    TurnMarkers system,
    boolean systemOpensQuestion,
    TurnMarkers user,
    TurnMarkers assistant,
    String generationPrompt) {

  /** The prompt for {@code messages}, as the server will build it. */
  String render(List<ChatMessage> messages) {
    StringBuilder prompt = new StringBuilder();
    boolean framed = messages.get(0).role().equals("system");
    if (!framed) {
      prompt.append(openingWithoutSystem);
    }
    for (int i = 0; i < messages.size(); i++) {
      ChatMessage message = messages.get(i);
      boolean opened = systemOpensQuestion && framed && i == 1 && message.role().equals("user");
      prompt.append((opened ? opened() : markers(message.role())).around(message.content()));
    }
    return prompt.append(generationPrompt).toString();
  }

  /** Around a question whose front a system message brought along. */
  private TurnMarkers opened() {
    return new TurnMarkers("", user.after());
  }

  private TurnMarkers markers(String role) {
    return switch (role) {
      case "system" -> system;
      case "user" -> user;
      default -> assistant;
    };
  }

  /**
   * The same as a Go template. On one line and without trim markers, because every line break in it
   * would be part of the prompt.
   */
  String goTemplate() {
    StringBuilder go = new StringBuilder("{{ range $i, $message := .Messages }}");
    if (!openingWithoutSystem.isEmpty()) {
      go.append("{{ if and (eq $i 0) (ne .Role \"system\") }}")
          .append(literal(openingWithoutSystem))
          .append("{{ end }}");
    }
    go.append("{{ if eq .Role \"system\" }}").append(turn(system));
    if (systemOpensQuestion) {
      go.append(
              "{{ else if and (eq .Role \"user\") (eq $i 1) (eq (index $.Messages 0).Role \"system\") }}")
          .append(turn(opened()));
    }
    go.append("{{ else if eq .Role \"user\" }}").append(turn(user));
    go.append("{{ else if eq .Role \"assistant\" }}").append(turn(assistant));
    return go.append("{{ end }}{{ end }}").append(literal(generationPrompt)).toString();
  }

  private static String turn(TurnMarkers markers) {
    return literal(markers.before()) + "{{ .Content }}" + literal(markers.after());
  }

  /** Braces would start an action, so text that has one becomes a string constant in an action. */
  private static String literal(String text) {
    if (text.indexOf('{') < 0) {
      return text;
    }
    String escaped =
        text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\r", "\\r");
    return "{{ \"" + escaped + "\" }}";
  }
}
