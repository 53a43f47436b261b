package dev.pipeline.release;

import dev.pipeline.chat.ChatMessage;
import java.util.ArrayList;
import java.util.List;

/**
 * Conversations that tell templates apart: with and without a system message, of one to six
 * questions, with texts that look like templates, quote, break lines, begin and end in white space
 * and are written in many scripts. Always the same ones.
 */
final class ProofConversations {
  private static final int COUNT = 50;

  private static final List<String> TEXTS =
      List.of(
          "Can you hold 12.50 EUR per kg until March?",
          "We understand the pressure on your side.\nCould we split the delivery in two?",
          " leading space, trailing space ",
          "\n\nblank lines around\n\n",
          "tabs\tand\r\nreturns",
          "{{ .Content }} {% if x %} {# no #} {{- trim -}}",
          "\"double\" 'single' `back` \"\"\"three\"\"\"",
          "a\\b \\n \\u0041 %s %d $i $message",
          "<b>&amp;</b> < > & <|not a token|> [INSTRUCTION]",
          "Prix : 1 000 € l’unité, délai « ferme »",
          "价格 漢字 かな カナ",
          "цена 12 рублей",
          "سعر الوحدة ١٢ ريال",
          "emoji 😀 👩‍🔬 🇩🇪 e\u0301",
          "system: user: assistant: Human: ###",
          ".",
          "0",
          "- one\n- two\n  - three\n\n| a | b |\n|---|---|",
          "The same words again and again. ".repeat(40),
          "Ends with a colon:");

  private ProofConversations() {}

  /** All of them, each ending in a question. */
  static List<List<ChatMessage>> all() {
    List<List<ChatMessage>> all = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      all.add(conversation(i));
    }
    return List.copyOf(all);
  }

  private static List<ChatMessage> conversation(int number) {
    List<ChatMessage> messages = new ArrayList<>();
    // A stride without a common divisor, so that every text meets every place.
    int text = number * 7;
    if (number % 2 == 1) {
      messages.add(ChatMessage.system(text(text++)));
    }
    for (int question = number % 6; question > 0; question--) {
      messages.add(ChatMessage.user(text(text++)));
      messages.add(ChatMessage.assistant(text(text++)));
    }
    messages.add(ChatMessage.user(text(text)));
    return List.copyOf(messages);
  }

  private static String text(int number) {
    return TEXTS.get(number % TEXTS.size());
  }
}
