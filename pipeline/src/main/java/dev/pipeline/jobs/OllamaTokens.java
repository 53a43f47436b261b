package dev.pipeline.jobs;

import dev.pipeline.chat.ChatMessage;
import dev.pipeline.chat.ChatModel;
import dev.pipeline.config.ModelConfig;
import dev.pipeline.io.Failure;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * How long a conversation is for a model that only Ollama has: by the tokenizer of the configured
 * base, which is exact for models that were released from here; where that is not at hand, by a
 * number of bytes that is rather too small for a token, so that nothing is lost unseen.
 */
final class OllamaTokens {
  private static final int BYTES_A_TOKEN = 3;

  /** What a template writes around a message. */
  private static final int FRAME = 8;

  private OllamaTokens() {}

  static ToIntFunction<List<ChatMessage>> counter(ModelConfig model) {
    try {
      // Nobody closes it: it is needed for as long as the process talks.
      ChatModel chat = BaseChat.open(model);
      return messages -> chat.tokenizer().count(chat.template().render(messages, true));
    } catch (Failure notHere) {
      return messages -> messages.stream().mapToInt(OllamaTokens::roughly).sum();
    }
  }

  private static int roughly(ChatMessage message) {
    return FRAME + message.content().getBytes(StandardCharsets.UTF_8).length / BYTES_A_TOKEN;
  }
}
