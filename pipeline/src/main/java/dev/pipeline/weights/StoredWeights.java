package dev.pipeline.weights;

import dev.pipeline.weights.gguf.GgufFile;
import dev.pipeline.weights.safetensors.TensorEntry;
import java.util.Map;

/** Where a model's weights lie: headers have been read and checked, nothing is mapped yet. */
public sealed interface StoredWeights {
  /** Number of tensors. */
  int count();

  /**
   * Safetensors, whole or in shards.
   *
   * @param tensors by Hugging Face name
   */
  record Safetensors(Map<String, TensorEntry> tensors) implements StoredWeights {
    @Override
    public int count() {
      return tensors.size();
    }
  }

  /**
   * A GGUF file.
   *
   * @param file whose tensors have GGUF names
   */
  record Gguf(GgufFile file) implements StoredWeights {
    @Override
    public int count() {
      return file.tensors().size();
    }
  }
}
