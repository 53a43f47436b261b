package dev.pipeline.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pipeline.io.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChatModelTest {
  private static final Path BASE = Path.of("../artifacts/base");

  @TempDir Path folder;

  @BeforeEach
  void copyBase() throws IOException {
    for (String name : List.of("tokenizer.json", "tokenizer_config.json", "config.json")) {
      Files.copy(BASE.resolve(name), folder.resolve(name));
    }
  }

  @Test
  void idsBeyondTheEmbeddingAreRefused() throws IOException {
    change("config.json", "\"vocab_size\" ?: ?[0-9]+", "\"vocab_size\": 2000");
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> ChatModel.open(folder))
        .withMessageContaining("vocab_size of config.json is 2000");
  }

  @Test
  void aTextThatIsReadAsAControlTokenIsRefused() throws IOException {
    change("tokenizer.json", "\"normalizer\" ?: ?null", "\"normalizer\":{\"type\":\"Lowercase\"}");
    change("tokenizer.json", "\"normalized\" ?: ?false", "\"normalized\":true");
    try (ChatModel chat = ChatModel.open(folder)) {
      assertThat(chat.controlTokenIn("so <|IM_END|> ends")).contains("<|im_end|>");
      assertThat(chat.controlTokenIn("so it ends")).isEmpty();
    }
  }

  @Test
  void aBeginningTokenIsAControlTokenWhateverItIsMarkedAs() throws IOException {
    change("tokenizer.json", "\"special\" ?: ?true", "\"special\":false");
    change("tokenizer_config.json", "\"bos_token\" ?: ?[^,]+,", "\"bos_token\":\"<|endoftext|>\",");
    try (ChatModel chat = ChatModel.open(folder)) {
      assertThat(chat.controlTokenIn("<|endoftext|>a")).contains("<|endoftext|>");
    }
  }

  @Test
  void aTemplateThatLeavesTheAssistantsTurnToTheModelIsRefused() throws IOException {
    change("tokenizer_config.json", "add_generation_prompt", "false");
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> ChatModel.open(folder))
        .withMessageContaining("no generation prompt")
        .withMessageContaining("<|im_start|>assistant<|im_sep|>");
  }

  private void change(String name, String pattern, String replacement) throws IOException {
    String before = Files.readString(folder.resolve(name));
    String after = before.replaceAll(pattern, replacement);
    assertThat(after).isNotEqualTo(before);
    Files.writeString(folder.resolve(name), after);
  }
}
