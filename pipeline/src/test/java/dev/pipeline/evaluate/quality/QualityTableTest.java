package dev.pipeline.evaluate.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pipeline.export.llama.LogitsComparison;
import dev.pipeline.export.llama.ModelSpeed;
import dev.pipeline.io.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QualityTableTest {
  private static final List<RowDifference> PLAIN =
      List.of(new RowDifference(10, 0.5, 9), new RowDifference(30, 0.3, 28));

  @Test
  void aRowIsTheSumOverItsTokens() {
    assertThat(
            RowDifference.of(
                new LogitsComparison(List.of(0.25, 0.5, 0.0), List.of(true, false, true))))
        .isEqualTo(new RowDifference(3, 0.75, 2));
  }

  @Test
  void aFileIsMeasuredByTokensWhereverTheyStand() {
    FileQuality quality = quality(false, PLAIN);

    assertThat(quality.divergence().value()).isCloseTo(0.8 / 40, within(1e-12));
    assertThat(quality.agreement().value()).isCloseTo(37.0 / 40, within(1e-12));
    assertThat(quality.divergence().n()).isEqualTo(2);
    // Either row alone is among the resamples.
    assertThat(quality.divergence().low()).isCloseTo(0.01, within(1e-12));
    assertThat(quality.divergence().high()).isCloseTo(0.05, within(1e-12));
  }

  @Test
  void aGainIsBeyondDoubtWhereTheWholeIntervalIsAboveZero() {
    List<RowDifference> plain = rows(40, 1.0);
    WeightedGain better = WeightedGain.of("Q4_K_M", plain, rows(40, 0.9));
    WeightedGain worse = WeightedGain.of("Q4_K_M", plain, rows(40, 1.1));
    List<RowDifference> mixed =
        IntStream.range(0, 40)
            .mapToObj(i -> new RowDifference(10, i % 2 == 0 ? 1.5 : 0.45, 9))
            .toList();

    assertThat(better.lowered().value()).isCloseTo(0.1, within(1e-9));
    assertThat(better.beyondDoubt()).isTrue();
    assertThat(worse.beyondDoubt()).isFalse();
    WeightedGain doubtful = WeightedGain.of("Q4_K_M", plain, mixed);
    assertThat(doubtful.lowered().value()).isPositive();
    assertThat(doubtful.beyondDoubt()).isFalse();
    assertThat(QualityTable.sentence(doubtful)).contains("which leaves doubt");
  }

  @Test
  void nothingIsGainedWhereNothingIsLost() {
    WeightedGain gain = WeightedGain.of("Q6_K", rows(3, 0), rows(3, 0));

    assertThat(gain.lowered().value()).isZero();
    assertThat(gain.beyondDoubt()).isFalse();
  }

  @Test
  void isPrintedAndComesBackFromJson() {
    QualityTable table =
        new QualityTable(
            2,
            40,
            List.of(quality(false, PLAIN), quality(true, PLAIN)),
            List.of(WeightedGain.of("Q4_K_M", rows(4, 1), rows(4, 0.875))));

    assertThat(table.markdown().lines())
        .contains(
            "| Q4_K_M | 3.58 | 5.05 | 0.02000 | 0.01000 to 0.05000 | 92.5 % | 90.0 to 93.3 | 4,347"
                + " | 723 |",
            "2 held-out rows, 40 tokens of answers; the fastest of three.",
            "Q4_K_M: the importance matrix lowers KLD by 12.5 % (95 %: 12.5 to 12.5).");
    String json = Json.pretty(table);
    assertThat(json).contains("\"bits_per_weight\"", "\"beyond_doubt\"", "\"importance_matrix\"");
    assertThat(Json.parse(json, QualityTable.class, "json")).isEqualTo(table);
    assertThat(table.file("Q4_K_M", true)).contains(table.files().get(1));
    assertThat(table.gain("Q8_0")).isEmpty();
  }

  private static FileQuality quality(boolean weighted, List<RowDifference> rows) {
    return FileQuality.of(
        new QuantisedFile("Q4_K_M", weighted, Path.of("x.gguf")),
        new Size(3_580_000, 5.05),
        rows,
        new ModelSpeed(4_347, 723));
  }

  private static List<RowDifference> rows(int count, double divergence) {
    return IntStream.range(0, count).mapToObj(i -> new RowDifference(10, divergence, 9)).toList();
  }
}
