package dev.pipeline.export.importance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ImportanceMatrixTest {
  @Test
  void anImportanceIsTheMeanOfSquaresOverTokens() {
    // Two tokens with the inputs (1, 2, 0) and (3, 0, 1).
    ImportanceMatrix matrix = of("blk.0.attn_q.weight", 2, 1 + 9, 4, 1);

    assertThat(matrix.of("blk.0.attn_q.weight", 3).orElseThrow()).containsExactly(5f, 2f, 0.5f);
    assertThat(matrix.of("token_embd.weight", 3)).isEmpty();
  }

  @Test
  void anUnusedColumnCountsNextToNothingButNotNothing() {
    float[] importances = of("w", 1, 4, 0, 0).of("w", 3).orElseThrow();

    assertThat(importances[0]).isEqualTo(4f);
    assertThat(importances[1]).isPositive().isCloseTo(0f, within(1e-9f));
    assertThat(importances[2]).isEqualTo(importances[1]);
  }

  @Test
  void whereNothingIsUsedAllColumnsCountTheSame() {
    assertThat(of("w", 5, 0, 0, 0).of("w", 3)).isEmpty();
  }

  @Test
  void refusesSumsThatAreNoNumbersByTheWeightsName() {
    for (double sum : new double[] {Double.NaN, Double.POSITIVE_INFINITY, -1}) {
      assertThatExceptionOfType(Failure.class)
          .isThrownBy(() -> of("blk.3.ffn_down.weight", 2, 1, sum, 2))
          .withMessageContaining("the squared inputs of blk.3.ffn_down.weight add up to " + sum)
          .extracting(Failure::exitCode)
          .isEqualTo(ExitCode.REFUSED);
    }
  }

  @Test
  void refusesAMatrixWithoutTokensOrWeights() {
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> of("w", 0, 1))
        .withMessageContaining("w was computed on no token");
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> ImportanceMatrix.of("rows", 1, 1, 1, Map.of()))
        .withMessageContaining("holds no importances");
  }

  @Test
  void refusesAWeightOfAnotherWidthByName() {
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> of("blk.0.attn_q.weight", 1, 1, 2, 3).of("blk.0.attn_q.weight", 256))
        .withMessageContaining("3 columns for blk.0.attn_q.weight, which has 256");
  }

  private static ImportanceMatrix of(String weight, long tokens, double... sums) {
    return ImportanceMatrix.of("rows", 1, 16, tokens, Map.of(weight, sums));
  }
}
