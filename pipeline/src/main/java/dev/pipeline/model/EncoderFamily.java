package dev.pipeline.model;

import dev.pipeline.io.Failure;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Everything that differs between encoders that classify a text by its first token (Devlin et al.,
 * "BERT", 2019). A new family is one constant here.
 *
 * @param name the entry of {@code architectures} in config.json
 * @param sizes config.json's keys: width, inner width, layers, heads, activation
 * @param embeddings names of word and position embeddings, norm, and token types if there are any
 * @param layer what precedes a layer's number, then the names of its eight modules
 * @param head the two modules that make logits of the first token
 * @param rectified whether a rectifier stands between those two, else a hyperbolic tangent
 * @param first the token before a text
 * @param last the token after it
 * @param offset whether positions count from the one after the padding token's id
 */
record EncoderFamily(
    String name,
    List<String> sizes,
    List<String> embeddings,
    List<String> layer,
    List<String> head,
    boolean rectified,
    String first,
    String last,
    boolean offset) {
  private static final List<String> SIZES =
      List.of(
          "hidden_size",
          "intermediate_size",
          "num_hidden_layers",
          "num_attention_heads",
          "hidden_act");

  private static final List<EncoderFamily> SUPPORTED =
      List.of(
          new EncoderFamily(
              "BertForSequenceClassification",
              SIZES,
              embeddings("bert."),
              layer("bert."),
              List.of("bert.pooler.dense", "classifier"),
              false,
              "[CLS]",
              "[SEP]",
              false),
          new EncoderFamily(
              "RobertaForSequenceClassification",
              SIZES,
              embeddings("roberta."),
              layer("roberta."),
              List.of("classifier.dense", "classifier.out_proj"),
              false,
              "<s>",
              "</s>",
              true),
          new EncoderFamily(
              "DistilBertForSequenceClassification",
              List.of("dim", "hidden_dim", "n_layers", "n_heads", "activation"),
              embeddings("distilbert.").subList(0, 3),
              List.of(
                  "distilbert.transformer.layer.",
                  "attention.q_lin",
                  "attention.k_lin",
                  "attention.v_lin",
                  "attention.out_lin",
                  "sa_layer_norm",
                  "ffn.lin1",
                  "ffn.lin2",
                  "output_layer_norm"),
              List.of("pre_classifier", "classifier"),
              true,
              "[CLS]",
              "[SEP]",
              false));

  /** The family that config.json names. */
  static EncoderFamily of(ConfigReader config) {
    List<String> names = config.texts("architectures");
    Map<String, EncoderFamily> supported =
        SUPPORTED.stream().collect(Collectors.toMap(EncoderFamily::name, family -> family));
    return names.stream()
        .map(supported::get)
        .filter(family -> family != null)
        .findFirst()
        .orElseThrow(() -> unsupported(config, names));
  }

  private static Failure unsupported(ConfigReader config, List<String> names) {
    return config.refused(
        "architecture " + String.join(", ", names) + " is not supported",
        "use a classifier of one of: "
            + SUPPORTED.stream().map(EncoderFamily::name).collect(Collectors.joining(", ")));
  }

  private static List<String> embeddings(String prefix) {
    return List.of(
        prefix + "embeddings.word_embeddings",
        prefix + "embeddings.position_embeddings",
        prefix + "embeddings.LayerNorm",
        prefix + "embeddings.token_type_embeddings");
  }

  private static List<String> layer(String prefix) {
    return List.of(
        prefix + "encoder.layer.",
        "attention.self.query",
        "attention.self.key",
        "attention.self.value",
        "attention.output.dense",
        "attention.output.LayerNorm",
        "intermediate.dense",
        "output.dense",
        "output.LayerNorm");
  }
}
