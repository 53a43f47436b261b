package dev.pipeline.model;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Phi-3 written out in plain Java, token by token and in double precision: the inputs of every
 * linear layer, to hold others against.
 */
final class PlainPhi3 {
  private final DecoderShape shape;
  private final Map<String, float[]> weights;

  /** By Hugging Face name of the weight, what went into it: shape [T][columns]. */
  final Map<String, double[][]> inputs = new LinkedHashMap<>();

  PlainPhi3(DecoderShape shape, Map<String, float[]> weights) {
    this.shape = shape;
    this.weights = weights;
  }

  void run(long[] ids) {
    double[][] x = new double[ids.length][shape.hidden()];
    for (int t = 0; t < ids.length; t++) {
      for (int i = 0; i < shape.hidden(); i++) {
        x[t][i] = weight(WeightNames.EMBEDDING)[(int) ids[t] * shape.hidden() + i];
      }
    }
    for (int layer = 0; layer < shape.layers(); layer++) {
      String name = WeightNames.layer(layer);
      double[][] attended = attend(linear(name + "self_attn.qkv_proj", norm(name + "input", x)));
      x = sum(x, linear(name + "self_attn.o_proj", attended));
      double[][] wide = linear(name + "mlp.gate_up_proj", norm(name + "post_attention", x));
      x = sum(x, linear(name + "mlp.down_proj", gated(wide)));
    }
    inputs.put(WeightNames.HEAD, normed(x, weight(WeightNames.FINAL_NORM)));
  }

  private float[] weight(String name) {
    return Objects.requireNonNull(weights.get(name), name);
  }

  private double[][] norm(String name, double[][] x) {
    return normed(x, weight(name + "_layernorm.weight"));
  }

  private double[][] normed(double[][] x, float[] weight) {
    return Arrays.stream(x)
        .map(
            row -> {
              double mean = Arrays.stream(row).map(v -> v * v).average().orElseThrow();
              double scale = 1 / Math.sqrt(mean + shape.normEpsilon());
              double[] y = new double[row.length];
              Arrays.setAll(y, i -> row[i] * scale * weight[i]);
              return y;
            })
        .toArray(double[][]::new);
  }

  private double[][] linear(String module, double[][] x) {
    inputs.put(module + ".weight", x);
    float[] w = weight(module + ".weight");
    int columns = x[0].length;
    double[][] y = new double[x.length][w.length / columns];
    for (int t = 0; t < x.length; t++) {
      for (int row = 0; row < y[t].length; row++) {
        for (int i = 0; i < columns; i++) {
          y[t][row] += w[row * columns + i] * x[t][i];
        }
      }
    }
    return y;
  }

  private double[][] attend(double[][] qkv) {
    int size = shape.headSize();
    double[][] y = new double[qkv.length][shape.queryWidth()];
    for (int head = 0; head < shape.heads(); head++) {
      int keyHead = head / (shape.heads() / shape.keyValueHeads());
      int key = shape.queryWidth() + keyHead * size;
      for (int t = 0; t < qkv.length; t++) {
        double[] scores = new double[t + 1];
        for (int s = 0; s <= t; s++) {
          double[] q = rotated(qkv[t], head * size, t);
          double[] k = rotated(qkv[s], key, s);
          for (int i = 0; i < size; i++) {
            scores[s] += q[i] * k[i] / Math.sqrt(size);
          }
        }
        double total = Arrays.stream(scores).map(Math::exp).sum();
        for (int s = 0; s <= t; s++) {
          for (int i = 0; i < size; i++) {
            y[t][head * size + i] +=
                Math.exp(scores[s]) / total * qkv[s][key + shape.keyValueWidth() + i];
          }
        }
      }
    }
    return y;
  }

  private double[] rotated(double[] from, int start, int position) {
    int half = shape.headSize() / 2;
    double[] y = new double[shape.headSize()];
    for (int i = 0; i < half; i++) {
      double angle = position * Math.pow(shape.rope().theta(), -(double) i / half);
      double a = from[start + i];
      double b = from[start + half + i];
      y[i] = a * Math.cos(angle) - b * Math.sin(angle);
      y[half + i] = b * Math.cos(angle) + a * Math.sin(angle);
    }
    return y;
  }

  private static double[][] gated(double[][] wide) {
    int half = wide[0].length / 2;
    double[][] y = new double[wide.length][half];
    for (int t = 0; t < wide.length; t++) {
      for (int i = 0; i < half; i++) {
        double gate = wide[t][i];
        y[t][i] = gate / (1 + Math.exp(-gate)) * wide[t][half + i];
      }
    }
    return y;
  }

  private static double[][] sum(double[][] x, double[][] y) {
    double[][] z = new double[x.length][x[0].length];
    for (int t = 0; t < x.length; t++) {
      for (int i = 0; i < z[t].length; i++) {
        z[t][i] = x[t][i] + y[t][i];
      }
    }
    return z;
  }
}
