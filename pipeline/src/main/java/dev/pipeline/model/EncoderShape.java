package dev.pipeline.model;

import java.util.ArrayList;
import java.util.List;

/**
 * Sizes of an encoder that classifies texts, and with them the shapes of its weights.
 *
 * @param hidden width of an activation
 * @param inner width inside the feed-forward part
 * @param positions rows of the position embedding
 * @param firstPosition the row of the first token
 * @param types rows of the token type embedding, 0 where there is none
 * @param labels logits of a text
 * @param epsilon of every norm
 */
record EncoderShape(
    int hidden,
    int inner,
    int layers,
    int heads,
    int vocabulary,
    int positions,
    int firstPosition,
    int types,
    int labels,
    double epsilon) {
  private static final double EPSILON = 1e-12;

  /** A weight's name and shape. */
  record Weight(String name, long... shape) {}

  /** Reads the sizes; refuses what cannot be computed faithfully, naming the key. */
  static EncoderShape of(ConfigReader config, EncoderFamily family, int labels) {
    config.require(family.sizes().get(4), "gelu");
    config.require("position_embedding_type", "absolute");
    int hidden = config.positive(family.sizes().get(0));
    int heads = config.positive(family.sizes().get(3));
    if (hidden % heads != 0) {
      throw config.refused(family.sizes().get(0) + " does not fit " + family.sizes().get(3));
    }
    int positions = config.positive("max_position_embeddings");
    int first = family.offset() ? config.integer("pad_token_id", 1) + 1 : 0;
    // Around a text stand two tokens, and a text has at least one.
    if (first < 0 || positions - first < 3) {
      throw config.refused("max_position_embeddings " + positions + " leaves no room for a text");
    }
    return new EncoderShape(
        hidden,
        config.positive(family.sizes().get(1)),
        layers(config, family),
        heads,
        config.positive("vocab_size"),
        positions,
        first,
        family.embeddings().size() > 3 ? config.positiveOr("type_vocab_size", 2) : 0,
        labels,
        config.positiveNumber("layer_norm_eps", EPSILON));
  }

  private static int layers(ConfigReader config, EncoderFamily family) {
    String key = family.sizes().get(2);
    int layers = config.positive(key);
    if (layers > ConfigReader.MOST_LAYERS) {
      throw config.refused(key + " is " + layers + ", more than " + ConfigReader.MOST_LAYERS);
    }
    return layers;
  }

  /** Tokens of a text that are looked at together, those around it left out. */
  int window() {
    return positions - firstPosition - 2;
  }

  /** Words, positions, norm, and token types if there are any. */
  List<Weight> embeddings(EncoderFamily family) {
    List<String> names = family.embeddings();
    List<Weight> weights = new ArrayList<>();
    weights.add(new Weight(names.get(0) + ".weight", vocabulary, hidden));
    weights.add(new Weight(names.get(1) + ".weight", positions, hidden));
    weights.add(new Weight(names.get(2) + ".weight", hidden));
    weights.add(new Weight(names.get(2) + ".bias", hidden));
    if (types > 0) {
      weights.add(new Weight(names.get(3) + ".weight", types, hidden));
    }
    return weights;
  }

  /** Matrix and bias of each module of a layer, in the order the TorchScript method takes them. */
  List<Weight> layer(EncoderFamily family, int index) {
    List<String> names = family.layer();
    String prefix = names.get(0) + index + ".";
    List<Weight> weights = new ArrayList<>();
    for (int module = 1; module < names.size(); module++) {
      String name = prefix + names.get(module);
      switch (module) {
        case 5, 8 -> norm(weights, name);
        case 6 -> linear(weights, name, inner, hidden);
        case 7 -> linear(weights, name, hidden, inner);
        default -> linear(weights, name, hidden, hidden);
      }
    }
    return weights;
  }

  /** What makes logits of the first token. */
  List<Weight> head(EncoderFamily family) {
    List<Weight> weights = new ArrayList<>();
    linear(weights, family.head().get(0), hidden, hidden);
    linear(weights, family.head().get(1), labels, hidden);
    return weights;
  }

  private static void linear(List<Weight> weights, String name, int rows, int columns) {
    weights.add(new Weight(name + ".weight", rows, columns));
    weights.add(new Weight(name + ".bias", rows));
  }

  private void norm(List<Weight> weights, String name) {
    weights.add(new Weight(name + ".weight", hidden));
    weights.add(new Weight(name + ".bias", hidden));
  }
}
