package dev.pipeline.export.llama;

import java.util.List;

/**
 * How one model's predictions differ from another's, token by token.
 *
 * @param divergences Kullback-Leibler divergence of this model from the other, in nats
 * @param agrees whether both prefer the same token
 */
public record LogitsComparison(List<Double> divergences, List<Boolean> agrees) {
  public LogitsComparison {
    divergences = List.copyOf(divergences);
    agrees = List.copyOf(agrees);
  }
}
