package dev.pipeline.release;

import dev.pipeline.chat.ChatTemplate;
import dev.pipeline.io.Failure;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The training template in the language of Ollama, which is Go's {@code text/template}, and the
 * words that end an answer.
 *
 * @param text the Go template
 * @param stops the trained terminator first, then every other control token of the template, unless
 *     the model's own words are known
 */
public record OllamaTemplate(String text, List<String> stops) {
  /** Refuses a model that would never stop. */
  public OllamaTemplate {
    if (stops.isEmpty()) {
      throw Failure.refused(
          "the chat template writes nothing after an answer, so the model never learned to stop",
          "use a chat_template that ends an assistant message with the end-of-turn token");
    }
    stops = List.copyOf(stops);
  }

  /**
   * Translates a Jinja template.
   *
   * @param template what the model was trained with
   * @param controlTokens the tokenizer's control tokens
   * @throws Failure when no Go template renders the same prompts
   */
  public static OllamaTemplate of(ChatTemplate template, Collection<String> controlTokens) {
    TurnLayout layout = new TemplateProbe(template).layout();
    Set<String> stops = new LinkedHashSet<>();
    String terminator = layout.assistant().after();
    addTokens(stops, terminator, controlTokens);
    if (stops.isEmpty() && !terminator.isBlank()) {
      stops.add(terminator.strip());
    }
    if (!stops.isEmpty()) {
      addTokens(stops, layout.system().before() + layout.system().after(), controlTokens);
      addTokens(stops, layout.user().before() + layout.user().after(), controlTokens);
      addTokens(stops, layout.assistant().before() + layout.generationPrompt(), controlTokens);
    }
    return new OllamaTemplate(layout.goTemplate(), List.copyOf(stops));
  }

  /** The same with {@code words} to stop at; none mean those that the template shows itself. */
  public OllamaTemplate stoppingAt(List<String> words) {
    return words.isEmpty() ? this : new OllamaTemplate(text, words);
  }

  /** Adds the tokens that occur in {@code text}, in the order in which they occur. */
  private static void addTokens(Set<String> stops, String text, Collection<String> tokens) {
    tokens.stream()
        .filter(token -> !token.isEmpty() && text.contains(token))
        .sorted(Comparator.comparingInt(text::indexOf))
        .forEach(stops::add);
  }
}
