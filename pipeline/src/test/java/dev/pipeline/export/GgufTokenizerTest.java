package dev.pipeline.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.chat.Tokenizer;
import dev.pipeline.export.llama.LlamaProcess;
import dev.pipeline.torch.Torch;
import dev.pipeline.weights.ModelFolder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
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

  /** Words, scripts, spaces, digits, marks and control tokens that tokenizers stumble over. */
  private static final String[] PIECES = {
    "the",
    " price",
    "Surcharge",
    " we'll",
    "I'M",
    "don't",
    " 12",
    "345678",
    "3.14",
    " ",
    "  ",
    "   ",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    ".",
    "...",
    "?!",
    " -",
    "—",
    "“",
    "€",
    "£1,000",
    "naïve",
    "façade",
    "Größe",
    "żółć",
    "Привет",
    "日本語",
    "العربية",
    "नमस्ते",
    "👍🏽",
    "e\u0301",
    "\u00a0",
    "\u200b",
    "x²",
    "[PERSON_1]",
    "EUR 10 to 20",
    "<|im_start|>",
    "<|im_sep|>",
    "<|im_end|>",
    "<|",
    "|>",
    "http://a.b/c?d=e",
    "snake_case",
    "CamelCase",
    "a@b.example",
    "#",
    "\\",
    "{",
    "}",
    "ﬁ",
    "Ǆ",
    "１２３",
    "ſ",
    "'S",
    "'LL"
  };

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
      for (String text : strings(1_000)) {
        long[] ours = tokenizer.encode(text);
        int[] theirs = llama.tokenize(text, true);
        assertThat(theirs).as("ids of <%s>", text).containsExactly(narrowed(ours));
      }
    }
  }

  private static List<String> strings(int count) {
    SplittableRandom random = new SplittableRandom(31);
    List<String> strings = new ArrayList<>();
    while (strings.size() < count) {
      StringBuilder text = new StringBuilder();
      int pieces = 1 + random.nextInt(14);
      for (int i = 0; i < pieces; i++) {
        text.append(PIECES[random.nextInt(PIECES.length)]);
      }
      strings.add(text.toString());
    }
    return strings;
  }

  private static int[] narrowed(long[] ids) {
    return Arrays.stream(ids).mapToInt(Math::toIntExact).toArray();
  }
}
