package dev.pipeline.model;

import dev.pipeline.chat.EncoderTokenizer;
import dev.pipeline.io.Failure;
import dev.pipeline.weights.ModelFolder;
import dev.pipeline.weights.StoredWeights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * A Hugging Face folder of a text classifier, checked: config.json, tokenizer.json,
 * model.safetensors. A TorchScript file is none: it is a program, which may write any file ({@code
 * torch.from_file}).
 *
 * @param labels what a text may be called, in the order of its logits
 * @param several whether a text may be called several at once, which makes each logit one of its
 *     own
 * @param first id of the token before a text
 * @param last id of the token after it
 */
public record ClassifierFolder(
    Path path,
    EncoderFamily family,
    EncoderShape shape,
    List<String> labels,
    boolean several,
    long first,
    long last) {
  private static final String SEVERAL = "multi_label_classification";
  private static final String SINGLE = "single_label_classification";

  /** Copies the labels. */
  public ClassifierFolder {
    labels = List.copyOf(labels);
  }

  /**
   * Reads everything but the weights themselves, whose names and shapes are checked.
   *
   * @throws Failure naming the file and what is wrong with it
   */
  public static ClassifierFolder open(Path path) {
    ModelFolder folder = ModelFolder.open(path);
    ConfigReader config = new ConfigReader(folder.config(), folder.configName());
    EncoderFamily family = EncoderFamily.of(config);
    List<String> labels = config.numberedTexts("id2label");
    if (labels.isEmpty()) {
      throw config.refused("id2label names no labels", "name them, as the model's card does");
    }
    EncoderShape shape = EncoderShape.of(config, family, labels.size());
    WeightSource source = source(folder);
    weights(family, shape).forEach(weight -> source.check(weight.name(), weight.shape()));
    try (EncoderTokenizer tokenizer = tokenizer(path)) {
      if (tokenizer.size() > shape.vocabulary()) {
        throw config.refused(
            "vocab_size " + shape.vocabulary() + " is below the ids of tokenizer.json");
      }
      return new ClassifierFolder(
          path,
          family,
          shape,
          labels,
          several(config, labels.size()),
          id(path, tokenizer, family.first()),
          id(path, tokenizer, family.last()));
    }
  }

  EncoderTokenizer tokenizer() {
    return tokenizer(path);
  }

  WeightSource weights() {
    return source(ModelFolder.open(path));
  }

  private static boolean several(ConfigReader config, int labels) {
    String type = config.text("problem_type", labels == 1 ? SEVERAL : SINGLE);
    if (!type.equals(SEVERAL) && !type.equals(SINGLE)) {
      throw config.refused(
          "problem_type is " + type + ", which gives no probabilities",
          "use a model for " + SINGLE + " or " + SEVERAL);
    }
    return type.equals(SEVERAL);
  }

  private static WeightSource source(ModelFolder folder) {
    if (folder.weights() instanceof StoredWeights.Safetensors safetensors) {
      return new SafetensorsWeights(folder.path(), safetensors.tensors());
    }
    throw Failure.refused(
        folder.path() + " holds a GGUF file, which is no classifier",
        "use a folder with model.safetensors");
  }

  private static List<EncoderShape.Weight> weights(EncoderFamily family, EncoderShape shape) {
    List<EncoderShape.Weight> weights = new ArrayList<>(shape.embeddings(family));
    for (int layer = 0; layer < shape.layers(); layer++) {
      weights.addAll(shape.layer(family, layer));
    }
    weights.addAll(shape.head(family));
    return weights;
  }

  private static EncoderTokenizer tokenizer(Path path) {
    return EncoderTokenizer.open(path.resolve("tokenizer.json"));
  }

  private static long id(Path path, EncoderTokenizer tokenizer, String token) {
    OptionalLong id = tokenizer.id(token);
    return id.orElseThrow(
        () ->
            Failure.refused(
                path.resolve("tokenizer.json") + " has no token " + token,
                "use config.json and tokenizer.json of the same model"));
  }
}
