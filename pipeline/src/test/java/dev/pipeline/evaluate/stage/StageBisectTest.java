package dev.pipeline.evaluate.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StageBisectTest {
  private static final float[] EVEN = {0, 0};
  private static final float[] TILTED = {(float) Math.log(3), 0};

  @Test
  void divergenceByHand() {
    // 1/2 log(1/2 / 3/4) + 1/2 log(1/2 / 1/4)
    assertThat(StageDifference.divergence(EVEN, TILTED))
        .isCloseTo(0.5 * Math.log(2 / 3.0) + 0.5 * Math.log(2), within(1e-7));
    assertThat(StageDifference.divergence(TILTED, TILTED)).isZero();
    assertThat(StageDifference.divergence(new float[] {900, 1000}, new float[] {-100, 0}))
        .isCloseTo(0, within(1e-9));
  }

  @Test
  void namesTheFirstStageThatDiffers() {
    Map<Stage, List<float[]>> logits = new EnumMap<>(Stage.class);
    for (Stage stage : Stage.values()) {
      boolean same = stage == Stage.TRAINED || stage == Stage.MERGED;
      logits.put(stage, Collections.nCopies(10, same ? TILTED : EVEN));
    }
    StageBisect bisect = StageBisect.of(logits);
    assertThat(bisect.differences())
        .extracting(StageDifference::stage)
        .containsExactly(Stage.MERGED, Stage.F16, Stage.QUANTISED);
    assertThat(bisect.firstBeyond().orElseThrow().stage()).isEqualTo(Stage.F16);
  }

  @Test
  void everyStageMayPass() {
    Map<Stage, List<float[]>> logits = new EnumMap<>(Stage.class);
    for (Stage stage : Stage.values()) {
      logits.put(stage, List.of(TILTED));
    }
    assertThat(StageBisect.of(logits).firstBeyond()).isEmpty();
    assertThat(StageBisect.of(logits).tooFew()).isTrue();
    logits.replaceAll((stage, few) -> Collections.nCopies(100, TILTED));
    assertThat(StageBisect.of(logits).tooFew()).isFalse();
  }

  @Test
  void anotherTopTokenOrWhatIsNoNumberIsBeyondTheBound() {
    float[] barely = {0, 1e-4f};
    StageDifference flipped =
        StageDifference.of(Stage.F16, List.of(new float[] {1e-4f, 0}), List.of(barely));
    assertThat(flipped.divergence()).isLessThan(1e-6);
    assertThat(flipped.withinBounds()).isFalse();
    float[] broken = {Float.NaN, 0};
    assertThat(StageDifference.of(Stage.F16, List.of(barely), List.of(broken)).withinBounds())
        .isFalse();
  }
}
