package dev.pipeline.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ImportancesTest {
  private static final List<long[]> ROWS =
      IntStream.range(0, 10).mapToObj(row -> new long[] {row, row, row, row}).toList();

  @Test
  void allRowsAreReadWhereTheyFit() {
    assertThat(Importances.spread(ROWS, 40)).isEqualTo(ROWS);
  }

  @Test
  void elseSomeThatAreSpreadEvenly() {
    assertThat(Importances.spread(ROWS, 20))
        .extracting(row -> row[0])
        .containsExactly(1L, 3L, 5L, 7L, 9L);
    assertThat(Importances.spread(ROWS, 12)).hasSize(3).isSubsetOf(ROWS);
  }

  @Test
  void atLeastOneRowIsRead() {
    assertThat(Importances.spread(ROWS, 1)).hasSize(1);
  }
}
