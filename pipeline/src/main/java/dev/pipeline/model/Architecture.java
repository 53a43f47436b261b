package dev.pipeline.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Everything that differs between families of decoders. A new family is one file and one line in
 * {@link Architectures}.
 */
public interface Architecture {
  /** The entry of {@code architectures} in config.json, such as {@code Phi3ForCausalLM}. */
  String name();

  /** Reads the sizes; refuses what cannot be computed faithfully, naming the key. */
  DecoderShape shape(JsonNode config, String origin);

  /**
   * The weights of a layer, in the order the TorchScript method takes them; last, the biases of
   * {@link #projections}, which it takes apart.
   */
  List<LayerWeight> layerWeights(DecoderShape shape);

  /** The linear layers, in the order the TorchScript method adapts them: {@code all-linear}. */
  default List<Projection> projections(DecoderShape shape) {
    return layerWeights(shape).stream()
        .filter(weight -> !weight.isVector())
        .map(weight -> new Projection(weight.module(), weight.columns(), weight.rows()))
        .toList();
  }

  /** The method of {@code torchscript/decoder.ts} that computes a layer. */
  String layerMethod();

  /** What follows the layers: the final norm's weight, the head unless it is tied, then biases. */
  default List<LayerWeight> finalWeights(DecoderShape shape) {
    List<LayerWeight> weights = new ArrayList<>();
    weights.add(LayerWeight.vector(WeightNames.FINAL_NORM, "output_norm.weight", shape.hidden()));
    if (!shape.tiedHead()) {
      weights.add(WeightNames.head(shape));
    }
    return weights;
  }

  /** All weights with whole names, in a fixed order. */
  default List<LayerWeight> weights(DecoderShape shape, int layers) {
    List<LayerWeight> weights = new ArrayList<>();
    weights.add(WeightNames.embedding(shape));
    for (int layer = 0; layer < layers; layer++) {
      int index = layer;
      layerWeights(shape).forEach(weight -> weights.add(weight.inLayer(index)));
    }
    weights.addAll(finalWeights(shape));
    return weights;
  }

  /** The value of {@code general.architecture} in a GGUF file. */
  String ggufName();

  /**
   * GGUF keys below {@code <architecture>.}; values are Integer (uint32), Float (float32) or
   * String. Refuses what llama.cpp would compute differently.
   */
  Map<String, Object> ggufKeys(DecoderShape shape, JsonNode config, String origin);

  /** GGUF tensors that no weight file holds, by whole name: divisors of rotary frequencies. */
  default Map<String, List<Float>> ggufTables(DecoderShape shape) {
    return Map.of();
  }
}
