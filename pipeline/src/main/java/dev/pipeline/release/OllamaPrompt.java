package dev.pipeline.release;

import dev.pipeline.chat.ChatMessage;
import dev.pipeline.release.gotemplate.GoTemplate;
import dev.pipeline.release.gotemplate.Struct;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The prompt that an Ollama server makes of messages: it joins neighbours of the same role and
 * hands them to the model's Go template. A template that knows nothing of {@code .Messages} is
 * carried out once a turn, and the last time only up to {@code .Response}.
 *
 * @see <a href="https://docs.ollama.com/modelfile#template">The template's variables</a>
 */
final class OllamaPrompt {
  private final GoTemplate template;
  private final boolean knowsMessages;

  /** The prompts of the Go template {@code source}. */
  OllamaPrompt(String source) {
    GoTemplate given = GoTemplate.parse(source);
    this.knowsMessages = given.mentions("Messages");
    this.template =
        knowsMessages || given.mentions("Response")
            ? given
            : GoTemplate.parse(source + "{{ .Response }}");
  }

  /** The prompt for {@code messages}. */
  String render(List<ChatMessage> messages) {
    List<ChatMessage> joined = joined(messages);
    return knowsMessages ? atOnce(joined) : byTurns(joined);
  }

  private String atOnce(List<ChatMessage> messages) {
    String system =
        messages.stream()
            .filter(message -> message.role().equals("system"))
            .map(ChatMessage::content)
            .collect(Collectors.joining("\n\n"));
    return template.execute(
        Map.of(
            "System",
            system,
            "Messages",
            messages.stream().map(OllamaPrompt::struct).toList(),
            "Tools",
            List.of(),
            "Response",
            "",
            "Think",
            false,
            "IsThinkSet",
            false));
  }

  private String byTurns(List<ChatMessage> messages) {
    StringBuilder prompt = new StringBuilder();
    Turn turn = Turn.EMPTY;
    for (ChatMessage message : messages) {
      boolean over =
          switch (message.role()) {
            case "system" -> !turn.prompt().isEmpty() || !turn.response().isEmpty();
            case "user" -> !turn.response().isEmpty();
            default -> false;
          };
      if (over) {
        prompt.append(template.execute(turn.data()));
        turn = Turn.EMPTY;
      }
      turn = turn.with(message);
    }
    return prompt.append(template.upTo("Response").execute(turn.data())).toString();
  }

  private static List<ChatMessage> joined(List<ChatMessage> messages) {
    List<ChatMessage> joined = new ArrayList<>();
    for (ChatMessage message : messages) {
      int last = joined.size() - 1;
      if (last >= 0 && joined.get(last).role().equals(message.role())) {
        String both = joined.get(last).content() + "\n\n" + message.content();
        joined.set(last, new ChatMessage(message.role(), both));
      } else {
        joined.add(message);
      }
    }
    return joined;
  }

  private static Struct struct(ChatMessage message) {
    return new Struct(
        "api.Message",
        Map.of(
            "Role",
            message.role(),
            "Content",
            message.content(),
            "Thinking",
            "",
            "Images",
            List.of(),
            "ToolCalls",
            List.of(),
            "ToolName",
            ""));
  }

  /** What a template without {@code .Messages} is given. */
  private record Turn(String system, String prompt, String response) {
    private static final Turn EMPTY = new Turn("", "", "");

    Turn with(ChatMessage message) {
      return switch (message.role()) {
        case "system" -> new Turn(message.content(), prompt, response);
        case "user" -> new Turn(system, message.content(), response);
        default -> new Turn(system, prompt, message.content());
      };
    }

    Map<String, Object> data() {
      return Map.of(
          "System",
          system,
          "Prompt",
          prompt,
          "Response",
          response,
          "Think",
          false,
          "IsThinkSet",
          false);
    }
  }
}
