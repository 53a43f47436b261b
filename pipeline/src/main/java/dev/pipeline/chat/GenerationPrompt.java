package dev.pipeline.chat;

import dev.pipeline.io.Failure;
import java.util.ArrayList;
import java.util.List;

/** What a chat template writes after a conversation to open the assistant's turn. */
final class GenerationPrompt {
  private static final String ANSWER = "probe-answer";
  private static final List<ChatMessage> QUESTION = List.of(ChatMessage.user("probe"));

  private GenerationPrompt() {}

  /**
   * Refuses a template that has an opening and leaves it to the model. It would be learned as part
   * of every answer, and a model that is asked without it goes on with the user's turn. Formats
   * without an opening, such as Mistral's, have none to leave out.
   *
   * @param controlTokens how an opening is told from a layout such as a space or a line feed
   */
  static void require(ChatTemplate template, List<String> controlTokens) {
    String prompt = template.render(QUESTION, true);
    List<ChatMessage> messages = new ArrayList<>(QUESTION);
    messages.add(ChatMessage.assistant(ANSWER));
    String whole = template.render(messages, false);
    int answer = whole.lastIndexOf(ANSWER);
    if (answer < prompt.length()
        || !whole.startsWith(prompt)
        || !prompt.equals(template.render(QUESTION, false))) {
      return;
    }
    String opening = whole.substring(prompt.length(), answer);
    if (controlTokens.stream().anyMatch(opening::contains)) {
      throw Failure.refused(
          "the chat template has no generation prompt, so that the model would have to write "
              + opening
              + " itself",
          "end chat_template with {% if add_generation_prompt %}{{ '"
              + opening
              + "' }}{% endif %}");
    }
  }
}
