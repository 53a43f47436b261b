package dev.pipeline.evaluate.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.evaluate.metric.Metric.Better;
import dev.pipeline.evaluate.metric.Unit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandingTest {
  @ParameterizedTest
  @CsvSource({
    "HIGHER, -0.02, false, 2.0 points lower",
    "HIGHER,  0.02, true,  2.0 points higher",
    "LOWER,  -0.02, false, 2.0 points higher",
    "LOWER,   0.02, true,  2.0 points lower",
    "LOWER,   0,    true,  the same",
    "LOWER,  -1e-4, true,  about the same",
    "LOWER,  -1e-4, false, 0.0100 points higher",
    "HIGHER, -0.0101, false, 1.0100 points lower"
  })
  void saysWhichWayItWent(Better better, double gain, boolean pass, String words) {
    assertThat(new Standing(better, Unit.POINTS, End.VALUE).measured(gain, -0.01, pass))
        .isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({
    "HIGHER, -0.01, at most 1.0 points lower",
    "LOWER,  -0.01, at most 1.0 points higher",
    "HIGHER,  0.3,  at least 30.0 points higher",
    "LOWER,   0,    no higher",
    "HIGHER, -0.0,  no lower"
  })
  void saysWhichWayItMayGo(Better better, double gain, String words) {
    assertThat(new Standing(better, Unit.POINTS, End.VALUE).bound(gain)).isEqualTo(words);
  }

  @Test
  void theEndOfAnIntervalIsSaidToBeOne() {
    Standing standing = new Standing(Better.HIGHER, Unit.POINTS, End.WORSE);
    assertThat(standing.measured(-0.02, 0, false)).isEqualTo("up to 2.0 points lower");
    assertThat(standing.measured(0.02, 0, true)).isEqualTo("at least 2.0 points higher");
    assertThat(standing.measured(0, 0, true)).isEqualTo("the same at worst");
  }

  @Test
  void whatLiesWithinChanceIsSaidTo() {
    Standing standing = new Standing(Better.LOWER, Unit.POINTS, End.BETTER);
    assertThat(standing.measured(0.01, 0, true)).isEqualTo("within chance");
    assertThat(standing.measured(-0.02, 0, false)).isEqualTo("at least 2.0 points higher");
    assertThat(standing.bound(0)).isEqualTo("no higher beyond chance");
    assertThat(standing.bound(-0.01)).isEqualTo("at most 1.0 points higher beyond chance");
  }
}
