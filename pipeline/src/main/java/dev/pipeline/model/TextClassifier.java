package dev.pipeline.model;

import dev.pipeline.chat.EncoderTokenizer;
import dev.pipeline.torch.Program;
import dev.pipeline.torch.ScalarType;
import dev.pipeline.torch.Scope;
import dev.pipeline.torch.Tensor;
import dev.pipeline.torch.TensorList;
import dev.pipeline.torch.Torch;
import dev.pipeline.torch.WeightLoader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** An encoder that says how probably a text is what its labels say. Not thread-safe. */
public final class TextClassifier implements AutoCloseable {
  private final Torch torch;
  private final Scope scope;
  private final Program program;
  private final EncoderTokenizer tokenizer;
  private final ClassifierFolder folder;
  private final TensorList embeddings;
  private final List<TensorList> layers;
  private final TensorList head;

  private TextClassifier(Torch torch, ClassifierFolder folder) {
    this.torch = torch;
    this.folder = folder;
    this.scope = torch.root().inner();
    this.program = torch.program("encoder");
    this.tokenizer = folder.tokenizer();
    EncoderShape shape = folder.shape();
    EncoderFamily family = folder.family();
    WeightSource source = folder.weights();
    try (WeightLoader loader = new WeightLoader(torch)) {
      Tensor like = loader.like(scope, ScalarType.FLOAT32);
      this.embeddings = load(source, loader, shape.embeddings(family), like);
      this.layers = new ArrayList<>();
      for (int layer = 0; layer < shape.layers(); layer++) {
        layers.add(load(source, loader, shape.layer(family, layer), like));
      }
      this.head = load(source, loader, shape.head(family), like);
    }
  }

  /** Loads the weights of {@code folder}, in float32. */
  public static TextClassifier load(Torch torch, ClassifierFolder folder) {
    return new TextClassifier(torch, folder);
  }

  private TensorList load(
      WeightSource source, WeightLoader loader, List<EncoderShape.Weight> weights, Tensor like) {
    return TensorList.of(
        weights.stream()
            .map(weight -> source.load(loader, scope, weight.name(), weight.shape(), like))
            .toList());
  }

  /**
   * How probably {@code text} is one of those {@code labels}. A text that is longer than the model
   * sees at once counts as its worst part.
   */
  public double probability(String text, List<String> labels) {
    return logits(text).stream().mapToDouble(part -> probability(part, labels)).max().orElseThrow();
  }

  private double probability(float[] logits, List<String> labels) {
    double[] each = folder.several() ? sigmoid(logits) : softmax(logits);
    double[] meant =
        labels.stream().mapToDouble(label -> each[folder.labels().indexOf(label)]).toArray();
    // Labels that exclude each other add up; others may all mean the same.
    return folder.several() ? Arrays.stream(meant).max().orElse(0) : Arrays.stream(meant).sum();
  }

  /** Logits of each part of {@code text}, shape [labels]; there is at least one part. */
  List<float[]> logits(String text) {
    long[] ids = tokenizer.encode(text);
    int window = folder.shape().window();
    List<float[]> parts = new ArrayList<>();
    for (int start = 0; start == 0 || start < ids.length; start += window) {
      long[] part = Arrays.copyOfRange(ids, start, Math.min(ids.length, start + window));
      parts.add(torch.withoutGradient(() -> logits(part)));
    }
    return parts;
  }

  private float[] logits(long[] ids) {
    EncoderShape shape = folder.shape();
    long[] framed = new long[ids.length + 2];
    framed[0] = folder.first();
    System.arraycopy(ids, 0, framed, 1, ids.length);
    framed[framed.length - 1] = folder.last();
    try (Scope work = scope.inner()) {
      Tensor x =
          work.call(
              program,
              "embed",
              work.longs(framed, 1, framed.length),
              shape.firstPosition(),
              embeddings,
              shape.epsilon());
      for (TensorList layer : layers) {
        x = work.call(program, "layer", x, layer, shape.heads(), shape.epsilon());
      }
      return work.call(program, "classify", x, head, folder.family().rectified()).toFloats();
    }
  }

  private static double[] sigmoid(float[] logits) {
    double[] each = new double[logits.length];
    Arrays.setAll(each, i -> 1 / (1 + Math.exp(-logits[i])));
    return each;
  }

  private static double[] softmax(float[] logits) {
    double[] each = new double[logits.length];
    Arrays.setAll(each, i -> Math.exp(logits[i] - largest(logits)));
    double sum = Arrays.stream(each).sum();
    return Arrays.stream(each).map(value -> value / sum).toArray();
  }

  private static float largest(float[] logits) {
    float largest = Float.NEGATIVE_INFINITY;
    for (float logit : logits) {
      largest = Math.max(largest, logit);
    }
    return largest;
  }

  @Override
  public void close() {
    layers.forEach(TensorList::close);
    embeddings.close();
    head.close();
    tokenizer.close();
    program.close();
    scope.close();
  }
}
