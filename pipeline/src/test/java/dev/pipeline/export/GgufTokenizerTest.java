package dev.pipeline.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.chat.Tokenizer;
import dev.pipeline.chat.TrickyTexts;
import dev.pipeline.export.llama.LlamaProcess;
import dev.pipeline.torch.Torch;
import dev.pipeline.weights.ModelFolder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * llama.cpp must read the exported tokenizer as tokenizer.json means it, or serving is not
 * training.
 */
@Tag("recipe")
class GgufTokenizerTest {
  private static final Path BASE = Path.of("../artifacts/base");

  @TempDir Path folder;

  @Test
  void thousandStringsTokeniseAlike() {
    Path gguf = folder.resolve("base.gguf");
    try (Torch torch = Torch.open("cpu", 1);
        GgufExport export = new GgufExport(torch, ModelFolder.open(BASE))) {
      export.write(gguf, Optional.empty(), "base");
    }
    try (Tokenizer tokenizer = Tokenizer.open(BASE.resolve("tokenizer.json"));
        LlamaProcess llama = LlamaProcess.start()) {
      llama.load(gguf, 128, 1);
      for (String text : TrickyTexts.random(1_000)) {
        long[] ours = tokenizer.encode(text);
        int[] theirs = llama.tokenize(text, true);
        assertThat(theirs).as("ids of <%s>", text).containsExactly(narrowed(ours));
      }
    }
  }

  private static int[] narrowed(long[] ids) {
    return Arrays.stream(ids).mapToInt(Math::toIntExact).toArray();
  }
}
