package dev.pipeline.embed;

import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import java.util.ArrayList;
import java.util.List;

/**
 * all-MiniLM-L6-v2, quantised to 8 bits, within this process: no server, no download. Wang et al.,
 * "MiniLM: Deep Self-Attention Distillation" (2020), fine-tuned on sentence pairs by
 * sentence-transformers; made for English.
 *
 * <p>Its tokenizer silently cuts text off after 128 pieces of words. Longer text is therefore taken
 * in windows of {@value #WINDOW} characters, which is about 80 pieces of prose and 120 of code, and
 * gets the mean of their vectors, weighted by length.
 *
 * <p>The first text takes a second or so: model and ONNX Runtime are unpacked then, not before.
 */
public final class MiniLmEmbedder implements Embedder {
  private static final int DIMENSIONS = 384;
  private static final int WINDOW = 320;

  @Override
  public String name() {
    return "all-minilm-l6-v2-q";
  }

  @Override
  public int dimensions() {
    return DIMENSIONS;
  }

  @Override
  public List<float[]> embed(List<String> texts) {
    List<float[]> vectors = new ArrayList<>(texts.size());
    texts.forEach(text -> vectors.add(vector(text)));
    return vectors;
  }

  private static float[] vector(String text) {
    float[] sum = new float[DIMENSIONS];
    for (String window : windows(text.strip())) {
      if (saysSomething(window)) {
        float[] part = Holder.MODEL.embed(window).content().vector();
        for (int i = 0; i < DIMENSIONS; i++) {
          sum[i] += window.length() * part[i];
        }
      }
    }
    return Vectors.unit(sum);
  }

  /** Windows of about the same length, cut at white space where there is some. */
  static List<String> windows(String text) {
    List<String> windows = new ArrayList<>();
    int from = 0;
    while (from < text.length()) {
      int left = (text.length() - from + WINDOW - 1) / WINDOW;
      int to = left == 1 ? text.length() : cut(text, from, from + (text.length() - from) / left);
      windows.add(text.substring(from, to));
      from = to;
    }
    return windows;
  }

  private static int cut(String text, int from, int wanted) {
    for (int at = wanted; at > from + (wanted - from) / 2; at--) {
      if (Character.isWhitespace(text.charAt(at))) {
        return at;
      }
    }
    return Character.isHighSurrogate(text.charAt(wanted - 1)) ? wanted - 1 : wanted;
  }

  static boolean saysSomething(String text) {
    return text.codePoints().anyMatch(Character::isLetterOrDigit);
  }

  /** Loaded at first use, once a process; the model may be asked by several threads. */
  private static final class Holder {
    // In the caller's thread: ONNX Runtime spreads one text over the cores by itself.
    static final AllMiniLmL6V2QuantizedEmbeddingModel MODEL =
        new AllMiniLmL6V2QuantizedEmbeddingModel(Runnable::run);
  }
}
