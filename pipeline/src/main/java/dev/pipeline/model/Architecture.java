package dev.pipeline.model;

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

  /** The weights of a layer in the order the TorchScript method takes them. */
  List<LayerWeight> layerWeights(DecoderShape shape);

  /** The linear layers, in the order the TorchScript method adapts them. */
  List<Projection> projections(DecoderShape shape);

  /** The method of {@code torchscript/decoder.ts} that computes a layer. */
  String layerMethod();

  /** The value of {@code general.architecture} in a GGUF file. */
  String ggufName();

  /** GGUF keys below {@code <architecture>.}; values are Integer (uint32) or Float (float32). */
  Map<String, Object> ggufKeys(DecoderShape shape, JsonNode config);
}
