package dev.pipeline.chat;

import java.util.ArrayList;
import java.util.List;

/** Turns the fields of a curated row into messages, shortening the context when they do not fit. */
public final class NegotiationPrompt {
  private static final String EARLIER = "Earlier:";

  private final ChatModel chat;
  private final ChatTemplate template;
  private final String systemPrompt;

  /** A prompt for {@code chat}'s model, opened by {@code systemPrompt} (none when blank). */
  public NegotiationPrompt(ChatModel chat, String systemPrompt) {
    this(chat, chat.template(), systemPrompt.strip());
  }

  private NegotiationPrompt(ChatModel chat, ChatTemplate template, String systemPrompt) {
    this.chat = chat;
    this.template = template;
    this.systemPrompt = systemPrompt;
  }

  /** The same, with {@link #text} rendered by the {@code template} of what is asked. */
  public NegotiationPrompt renderedBy(ChatTemplate template) {
    return new NegotiationPrompt(chat, template, systemPrompt);
  }

  /** The messages up to the answer. */
  public List<ChatMessage> messages(String context, String instruction) {
    List<ChatMessage> messages = new ArrayList<>();
    if (!systemPrompt.isEmpty()) {
      messages.add(ChatMessage.system(systemPrompt));
    }
    messages.add(question(context, instruction));
    return messages;
  }

  /** The message that asks. */
  public static ChatMessage question(String context, String instruction) {
    return ChatMessage.user(
        context.isBlank()
            ? instruction
            : "Context:\n" + context.strip() + "\n\nMessage:\n" + instruction);
  }

  /** The prompt as text, ready for the model to continue. */
  public String text(String context, String instruction) {
    return template.render(messages(context, instruction), true);
  }

  /** The answer as the model should write it after {@link #text}, its terminator included. */
  public String completion(String context, String instruction, String answer) {
    List<ChatMessage> messages = messages(context, instruction);
    messages.add(ChatMessage.assistant(answer));
    return template.render(messages, false).substring(text(context, instruction).length());
  }

  /**
   * Shortens {@code context} until the row takes at most {@code maxTokens} tokens. Only the context
   * gives way: first its oldest turns, then its last lines; never the message, the answer or the
   * terminator. A row that does not fit even without context keeps none, and the caller decides.
   */
  public String fit(String id, String context, String instruction, String answer, int maxTokens) {
    List<String> lines = new ArrayList<>(context.lines().toList());
    while (!lines.isEmpty()
        && example(id, String.join("\n", lines), instruction, answer).ids().length > maxTokens) {
      int oldest = lines.indexOf(EARLIER) + 1;
      boolean hasTurns = oldest > 0 && oldest < lines.size();
      lines.remove(hasTurns ? oldest : lines.size() - 1);
    }
    return String.join("\n", lines);
  }

  /** Renders a whole row for training. */
  public TrainingExample example(String id, String context, String instruction, String answer) {
    List<ChatMessage> messages = messages(context, instruction);
    messages.add(ChatMessage.assistant(answer));
    return chat.example(id, messages);
  }
}
