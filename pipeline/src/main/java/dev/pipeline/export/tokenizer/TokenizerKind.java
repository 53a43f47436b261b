package dev.pipeline.export.tokenizer;

import dev.pipeline.weights.gguf.GgufMetadata;
import java.util.List;

/** One of the kinds of tokenizer that llama.cpp has. */
sealed interface TokenizerKind permits ByteLevelBpe, SentencePieceBpe {
  /** {@code metadata} with tokens, how they join, and how text is cut. */
  GgufMetadata addTo(GgufMetadata metadata);

  /** Where llama.cpp cuts text differently all the same, a sentence each. */
  List<String> differences();
}
