package dev.pipeline.release;

import dev.pipeline.chat.ChatMessage;
import dev.pipeline.chat.ChatTemplate;
import dev.pipeline.io.Failure;
import dev.pipeline.release.gotemplate.GoTemplateException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Holds every place that renders prompts to what the model was trained on, byte for byte: the
 * template in the GGUF file, which llama.cpp reads, and the one in the Modelfile, which Ollama
 * does.
 */
public final class TemplateEquivalence {
  private static final int SHOWN = 40;

  private final ChatTemplate trained;

  /** Holds others to {@code trained}. */
  public TemplateEquivalence(ChatTemplate trained) {
    this.trained = trained;
  }

  /**
   * Compares on {@link ProofConversations}.
   *
   * @param gguf the template inside the served file
   * @param modelfile how Ollama serves it
   * @return how many conversations were compared
   * @throws Failure that names template, conversation and the first byte that differs
   */
  public int require(ChatTemplate gguf, Modelfile modelfile) {
    OllamaPrompt ollama = readable(modelfile.template().text());
    List<List<ChatMessage>> conversations = ProofConversations.all();
    for (int i = 0; i < conversations.size(); i++) {
      compare("GGUF file", i, conversations.get(i), messages -> gguf.render(messages, true));
      compare("Modelfile", i, conversations.get(i), messages -> rendered(ollama, messages));
    }
    return conversations.size();
  }

  private void compare(
      String place,
      int number,
      List<ChatMessage> messages,
      Function<List<ChatMessage>, String> template) {
    byte[] expected = trained.render(messages, true).getBytes(StandardCharsets.UTF_8);
    byte[] found = template.apply(messages).getBytes(StandardCharsets.UTF_8);
    int at = Arrays.mismatch(expected, found);
    if (at >= 0) {
      throw Failure.refused(
          "the chat template in the %s renders conversation %d (%s) otherwise than training: from byte %d on %s has %s, training has %s"
              .formatted(
                  place,
                  number + 1,
                  messages.stream().map(ChatMessage::role).collect(Collectors.joining(", ")),
                  at,
                  place.equals("Modelfile") ? "it" : "the file",
                  shown(found, at),
                  shown(expected, at)),
          "package the model again with the template of its training; nothing was released");
    }
  }

  /** A little of {@code text} from byte {@code at} on, in one line. */
  private static String shown(byte[] text, int at) {
    String rest = new String(text, at, Math.min(SHOWN, text.length - at), StandardCharsets.UTF_8);
    return rest.isEmpty()
        ? "its end"
        : '"'
            + rest.replace("\\", "\\\\")
                .replace("\n", "\\n")
                .replace("\r", "\\r")
                .replace("\t", "\\t")
            + '"';
  }

  private static OllamaPrompt readable(String go) {
    try {
      return new OllamaPrompt(go);
    } catch (GoTemplateException e) {
      throw unreadable(e);
    }
  }

  private static String rendered(OllamaPrompt prompt, List<ChatMessage> messages) {
    try {
      return prompt.render(messages);
    } catch (GoTemplateException e) {
      throw unreadable(e);
    }
  }

  private static Failure unreadable(GoTemplateException e) {
    return Failure.refused(
        "the chat template in the Modelfile does not render: " + e.getMessage(),
        "package the model again with the template of its training; nothing was released");
  }
}
