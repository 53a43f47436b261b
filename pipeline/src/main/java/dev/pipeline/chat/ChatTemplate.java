package dev.pipeline.chat;

import dev.pipeline.chat.jinja.JinjaException;
import dev.pipeline.chat.jinja.JinjaTemplate;
import dev.pipeline.io.Failure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A model's own Jinja chat template.
 *
 * <p>Templates are code that came with a download (CVE-2024-34359), so they get strings only, and
 * bounded work and output. Message text is never interpreted as a template.
 */
public final class ChatTemplate {
  private final String source;
  private final String bosToken;
  private final String eosToken;
  private final JinjaTemplate template;

  /**
   * A template and the texts of the model's beginning and end tokens (empty when it has none).
   *
   * @throws Failure when {@code source} is no template
   */
  public ChatTemplate(String source, String bosToken, String eosToken) {
    this.source = source;
    this.bosToken = bosToken;
    this.eosToken = eosToken;
    this.template = usable(() -> JinjaTemplate.parse(source));
  }

  /** The text of the token a sequence begins with; empty when the model has none. */
  public String bosToken() {
    return bosToken;
  }

  /** The text of the token a sequence ends with; empty when the model has none. */
  public String eosToken() {
    return eosToken;
  }

  /** The template text, as it goes into a GGUF. */
  public String source() {
    return source;
  }

  /** Whether a prompt begins with the model's beginning token, so that nobody else may add it. */
  public boolean writesBeginning() {
    return !bosToken.isEmpty() && render(List.of(ChatMessage.user("a")), true).startsWith(bosToken);
  }

  /**
   * Renders a conversation; with {@code generationPrompt}, up to where the assistant's next answer
   * starts.
   */
  public String render(List<ChatMessage> messages, boolean generationPrompt) {
    Map<String, Object> variables = new HashMap<>();
    variables.put(
        "messages",
        messages.stream()
            .map(message -> Map.of("role", message.role(), "content", message.content()))
            .toList());
    variables.put("add_generation_prompt", generationPrompt);
    variables.put("bos_token", bosToken);
    variables.put("eos_token", eosToken);
    return begunOnce(usable(() -> template.render(variables)));
  }

  /** No model was trained on two: what is learned after them is learned for nothing. */
  private String begunOnce(String text) {
    if (!bosToken.isEmpty()
        && text.startsWith(bosToken)
        && text.substring(bosToken.length()).stripLeading().startsWith(bosToken)) {
      throw Failure.refused(
          "the chat template begins a conversation with two " + bosToken,
          "write bos_token once in chat_template of tokenizer_config.json");
    }
    return text;
  }

  private static <T> T usable(Supplier<T> work) {
    try {
      return work.get();
    } catch (JinjaException e) {
      throw Failure.refused(
          "the chat template does not render: " + e.getMessage(),
          "compare chat_template in tokenizer_config.json with the model's original");
    }
  }
}
