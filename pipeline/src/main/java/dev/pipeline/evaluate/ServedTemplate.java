package dev.pipeline.evaluate;

import dev.pipeline.chat.ChatTemplate;
import dev.pipeline.io.Failure;
import dev.pipeline.weights.gguf.GgufFile;
import dev.pipeline.weights.gguf.GgufMetadata;
import java.nio.file.Path;

/** The chat template inside a GGUF file, by which whatever serves the file renders messages. */
public final class ServedTemplate {
  private static final String KEY = "tokenizer.chat_template";

  private ServedTemplate() {}

  /**
   * Reads it.
   *
   * @param trained whose beginning and end tokens it is given
   * @throws Failure when there is none: a server would guess one
   */
  public static ChatTemplate read(Path gguf, ChatTemplate trained) {
    GgufMetadata metadata = GgufFile.open(gguf).metadata();
    if (metadata.find(KEY).isEmpty()) {
      throw Failure.refused(
          gguf + " has no " + KEY + ", so that whatever serves it would guess one",
          "write the GGUF with the chat template of its training");
    }
    return new ChatTemplate(metadata.text(KEY), trained.bosToken(), trained.eosToken());
  }
}
