package dev.pipeline.evaluate.quality;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.pipeline.evaluate.metric.Bootstrap;
import dev.pipeline.evaluate.metric.Score;
import dev.pipeline.export.llama.ModelSpeed;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What one file is worth beside its F16 file.
 *
 * @param quantisation such as {@code Q4_K_M}
 * @param weighted whether its errors were weighed by an importance matrix
 * @param bytes size of the file
 * @param bitsPerWeight bits of its tensors by weight
 * @param divergence Kullback-Leibler divergence from F16 a token of the held-out answers, in nats,
 *     with an interval over rows
 * @param agreement share of these tokens where both prefer the same one, likewise
 * @param speed in llama.cpp on the machine that measured
 */
public record FileQuality(
    String quantisation,
    @JsonProperty("importance_matrix") boolean weighted,
    long bytes,
    @JsonProperty("bits_per_weight") double bitsPerWeight,
    Score divergence,
    @JsonProperty("top_token_agreement") Score agreement,
    @JsonProperty("tokens_per_second") ModelSpeed speed) {

  static FileQuality of(QuantisedFile file, Size size, List<RowDifference> rows, ModelSpeed speed) {
    return new FileQuality(
        file.quantisation(),
        file.weighted(),
        size.bytes(),
        size.bitsPerWeight(),
        perToken(rows, RowDifference::divergence),
        perToken(rows, RowDifference::agreeing),
        speed);
  }

  /** What people call it. */
  public String label() {
    return QuantisedFile.label(quantisation, weighted);
  }

  private static Score perToken(
      List<RowDifference> rows, ToDoubleFunction<RowDifference> quantity) {
    return Bootstrap.score(
        rows.size(),
        chosen ->
            Arrays.stream(chosen).mapToDouble(i -> quantity.applyAsDouble(rows.get(i))).sum()
                / Arrays.stream(chosen).mapToLong(i -> rows.get(i).tokens()).sum());
  }
}
