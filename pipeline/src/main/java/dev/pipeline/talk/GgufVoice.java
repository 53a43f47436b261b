package dev.pipeline.talk;

import dev.pipeline.chat.ChatTemplate;
import dev.pipeline.io.Failure;
import dev.pipeline.weights.gguf.GgufFile;
import dev.pipeline.weights.gguf.GgufMetadata;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a GGUF file says of how its model is spoken to, without anything else beside it.
 *
 * @see <a href="https://github.com/ggml-org/ggml/blob/master/docs/gguf.md">the format's keys</a>
 */
public final class GgufVoice {
  private static final String TEMPLATE = "tokenizer.chat_template";
  private static final String TOKENS = "tokenizer.ggml.tokens";
  private static final String KINDS = "tokenizer.ggml.token_type";
  private static final long CONTROL = 3;

  private GgufVoice() {}

  /**
   * Reads it.
   *
   * @throws Failure when there is no chat template: one would have to be guessed
   */
  public static Voice of(Path gguf, List<String> stopWords) {
    GgufMetadata metadata = GgufFile.open(gguf).metadata();
    if (metadata.find(TEMPLATE).isEmpty()) {
      throw Failure.refused(
          gguf + " has no " + TEMPLATE + ", so that nobody knows how to talk with it",
          "write the GGUF with the chat template of its training");
    }
    List<String> tokens = metadata.texts(TOKENS);
    return Voice.of(
        new ChatTemplate(
            metadata.text(TEMPLATE),
            token(metadata, tokens, "bos_token_id"),
            token(metadata, tokens, "eos_token_id")),
        control(metadata, tokens),
        stopWords);
  }

  /** Most tokens that the model was trained for; 0 where the file does not say. */
  public static int contextTokens(Path gguf) {
    GgufMetadata metadata = GgufFile.open(gguf).metadata();
    return (int)
        Math.min(
            Integer.MAX_VALUE,
            metadata.whole(metadata.text("general.architecture") + ".context_length", 0));
  }

  private static List<String> control(GgufMetadata metadata, List<String> tokens) {
    if (metadata.find(KINDS).isEmpty()) {
      return List.of();
    }
    List<Long> kinds = metadata.wholes(KINDS);
    return IntStream.range(0, Math.min(kinds.size(), tokens.size()))
        .filter(i -> kinds.get(i) == CONTROL)
        .mapToObj(tokens::get)
        .toList();
  }

  private static String token(GgufMetadata metadata, List<String> tokens, String key) {
    long id = metadata.whole("tokenizer.ggml." + key, -1);
    return id >= 0 && id < tokens.size() ? tokens.get((int) id) : "";
  }
}
