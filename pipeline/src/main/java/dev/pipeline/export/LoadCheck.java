package dev.pipeline.export;

import dev.pipeline.export.llama.GenerateOptions;
import dev.pipeline.export.llama.Generation;
import dev.pipeline.export.llama.LlamaProcess;
import dev.pipeline.export.llama.ModelSummary;
import dev.pipeline.io.Failure;
import dev.pipeline.weights.gguf.GgufFile;
import dev.pipeline.weights.gguf.GgufMetadata;
import java.nio.file.Path;
import java.util.List;

/**
 * Sees whether llama.cpp loads a GGUF and generates with it. Quantising alone proves nothing: it
 * succeeds on a model with a wrong layer count or an unknown tokenizer.
 */
public final class LoadCheck {
  private static final int CONTEXT_TOKENS = 512;
  private static final int GENERATED_TOKENS = 8;
  private static final List<String> TOKEN_KEYS =
      List.of("bos_token_id", "eos_token_id", "eot_token_id", "padding_token_id");

  private LoadCheck() {}

  /**
   * Loads {@code gguf} in {@code build} and generates a few tokens after {@code prompt}.
   *
   * @throws Failure when any of it goes wrong
   */
  public static Generation check(LlamaBuild build, Path gguf, String prompt, int threads) {
    GgufMetadata metadata = GgufFile.open(gguf).metadata();
    try (LlamaProcess llama = build.start()) {
      ModelSummary model = llama.load(gguf, CONTEXT_TOKENS, threads);
      checkTokenIds(gguf, metadata, model.vocabulary());
      return llama.generate(prompt, GenerateOptions.greedy(GENERATED_TOKENS));
    }
  }

  /** llama.cpp loads a file whose special tokens lie outside its vocabulary. */
  private static void checkTokenIds(Path gguf, GgufMetadata metadata, int vocabulary) {
    for (String name : TOKEN_KEYS) {
      String key = "tokenizer.ggml." + name;
      long token = metadata.whole(key, 0);
      if (token >= vocabulary) {
        throw Failure.refused(
            "%s: %s is %d in a vocabulary of %d".formatted(gguf, key, token, vocabulary),
            "correct the special tokens of the model's tokenizer_config.json and package again");
      }
    }
  }
}
