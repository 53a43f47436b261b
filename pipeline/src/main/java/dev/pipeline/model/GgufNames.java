package dev.pipeline.model;

import java.util.LinkedHashMap;
import java.util.Map;

/** How a model's weights are called in a GGUF file. */
public final class GgufNames {
  private GgufNames() {}

  /** GGUF names by Hugging Face name, in the order they are written. */
  public static Map<String, String> of(Architecture architecture, DecoderShape shape) {
    Map<String, String> names = new LinkedHashMap<>();
    names.put(WeightNames.EMBEDDING, "token_embd.weight");
    for (int layer = 0; layer < shape.layers(); layer++) {
      for (LayerWeight weight : architecture.layerWeights(shape)) {
        names.put(
            WeightNames.layer(layer) + weight.name(), "blk." + layer + "." + weight.ggufName());
      }
    }
    names.put(WeightNames.FINAL_NORM, "output_norm.weight");
    if (!shape.tiedHead()) {
      names.put(WeightNames.HEAD, "output.weight");
    }
    return names;
  }
}
