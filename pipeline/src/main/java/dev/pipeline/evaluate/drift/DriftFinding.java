package dev.pipeline.evaluate.drift;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.pipeline.evaluate.metric.Score;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Today's answers held against the baseline's.
 *
 * @param prompts how many were answered on both sides
 * @param rubric version of the rubric
 * @param fall of the mean rubric score, as a share of the baseline's: 0.1 is a tenth less
 * @param fallAtLeast lower end of its one-sided 95 % interval
 * @param threshold what it must exceed to be drift
 * @param drift whether it does
 * @param measures rubric, its rules and length, on both sides
 * @param distance mean distance of the two answers to a prompt, 1 less the cosine of their vectors:
 *     0 for the same meaning, about 1 for unrelated ones
 * @param embedder what made the vectors; null where words were hashed, as it once was
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DriftFinding(
    int prompts,
    String rubric,
    double fall,
    @JsonProperty("fall_at_least") double fallAtLeast,
    double threshold,
    boolean drift,
    List<Measure> measures,
    Score distance,
    @Nullable String embedder) {
  /** Copies the list. */
  public DriftFinding {
    measures = List.copyOf(measures);
  }
}
