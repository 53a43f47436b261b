package dev.pipeline.evaluate.stage;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The same token sequences through every stage, each compared with the one before.
 *
 * @param differences in the order of the stages, the first stage left out
 */
public record StageBisect(List<StageDifference> differences) {
  /** With fewer positions, one that differs is beyond the bounds of {@link Stage}. */
  private static final int ENOUGH = 100;

  /** Copies the list. */
  public StageBisect {
    differences = List.copyOf(differences);
  }

  /**
   * Compares neighbouring stages.
   *
   * @param logits by stage: shape [positions][V], the same positions for all
   */
  public static StageBisect of(Map<Stage, List<float[]>> logits) {
    List<StageDifference> differences = new ArrayList<>();
    List<float[]> before = List.of();
    for (Map.Entry<Stage, List<float[]>> stage : new EnumMap<>(logits).entrySet()) {
      if (!before.isEmpty()) {
        differences.add(StageDifference.of(stage.getKey(), before, stage.getValue()));
      }
      before = stage.getValue();
    }
    return new StageBisect(differences);
  }

  /** Whether there are too few positions for the bounds, so that one of them decides. */
  public boolean tooFew() {
    return differences.stream().anyMatch(difference -> difference.positions() < ENOUGH);
  }

  /** The first stage that differs beyond its bound. */
  public Optional<StageDifference> firstBeyond() {
    return differences.stream().filter(difference -> !difference.withinBounds()).findFirst();
  }
}
