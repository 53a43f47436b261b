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

  /** The first stage that differs beyond its bound. */
  public Optional<StageDifference> firstBeyond() {
    return differences.stream().filter(difference -> !difference.withinBounds()).findFirst();
  }
}
