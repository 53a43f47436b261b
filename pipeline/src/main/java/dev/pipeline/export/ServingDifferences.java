package dev.pipeline.export;

import dev.pipeline.export.tokenizer.GgufTokenizer;
import dev.pipeline.model.DecoderShape;
import dev.pipeline.weights.ModelFolder;
import java.util.ArrayList;
import java.util.List;

/** Where llama.cpp computes something else than training does, and no GGUF can tell it. */
final class ServingDifferences {
  private ServingDifferences() {}

  /** A sentence for each. */
  static List<String> of(ModelFolder base, DecoderShape shape) {
    List<String> differences = new ArrayList<>();
    if (shape.servedPositions() < shape.maxPositions()) {
      differences.add(
          "llama.cpp looks back further than the sliding window, so that the release serves %,d of %,d tokens"
              .formatted(shape.servedPositions(), shape.maxPositions()));
    }
    GgufTokenizer.differences(base, shape.vocabulary())
        .forEach(difference -> differences.add("llama.cpp " + difference));
    return List.copyOf(differences);
  }
}
