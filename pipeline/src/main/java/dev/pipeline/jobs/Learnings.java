package dev.pipeline.jobs;

import dev.pipeline.config.PipelineConfig;
import dev.pipeline.data.feedback.Feedback;
import dev.pipeline.data.feedback.Opinion;
import dev.pipeline.evaluate.drift.DriftDay;
import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import dev.pipeline.plan.Learning;
import dev.pipeline.plan.PlanStore;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** What people and the daily look found, as agents are told. */
public final class Learnings {
  private Learnings() {}

  /**
   * Tells {@code plans} what people said and it does not know yet: verdict, comment and better
   * answer, never the message, which is somebody's mail. Where the store is away, another time
   * does.
   */
  public static void tellFeedback(PipelineConfig config, PlanStore plans) {
    Set<UUID> known = new HashSet<>();
    try {
      plans.learnings(Learning.LEARNING, Integer.MAX_VALUE).forEach(one -> known.add(one.id()));
    } catch (Failure e) {
      if (e.exitCode() == ExitCode.INFRASTRUCTURE) {
        return;
      }
      throw e;
    }
    String model = config.model().modelName();
    FeedbackIntake.store(config, Clock.systemUTC()).all().stream()
        .map(feedback -> of(model, feedback))
        .filter(learning -> !known.contains(learning.id()))
        .forEach(plans::learn);
  }

  private static Learning of(String model, Feedback feedback) {
    Opinion opinion = feedback.opinion();
    String thumb = opinion.thumb().word();
    StringBuilder summary = new StringBuilder("Thumb ").append(thumb).append(" for an answer");
    Map<String, Object> metadata = new TreeMap<>();
    metadata.put("thumb", thumb);
    if (opinion.release() != null) {
      summary.append(" of release ").append(opinion.release());
      metadata.put("release", opinion.release());
    }
    if (!opinion.scenario().isEmpty()) {
      summary.append(" in ").append(opinion.scenario());
      metadata.put("scenario", opinion.scenario());
    }
    if (opinion.comment() != null) {
      summary.append(": ").append(opinion.comment());
    }
    if (opinion.edit() != null) {
      summary.append("\nBetter: ").append(opinion.edit());
    }
    return Learning.of(
        "feedback",
        "thumb_" + thumb,
        feedback.id(),
        model,
        summary.toString(),
        metadata,
        feedback.arrival());
  }

  /** Tells that the model drifted; nothing on a day without. */
  static void tellDrift(PipelineConfig config, DriftDay day, Instant now) {
    if (!day.finding().drift()) {
      return;
    }
    Map<String, Object> metadata = new TreeMap<>();
    metadata.put("day", day.day());
    metadata.put("baseline", day.baseline());
    metadata.put("fall", day.finding().fall());
    metadata.put("fall_at_least", day.finding().fallAtLeast());
    metadata.put("threshold", day.finding().threshold());
    if (day.release() != null) {
      metadata.put("release", day.release());
    }
    String model = config.model().modelName();
    try (PlanStore plans = PlanStores.of(config)) {
      plans.learn(
          Learning.of(
              "drift",
              "drift_finding",
              day.day(),
              model,
              model + " on " + day.day() + ": " + DriftJob.words(day),
              metadata,
              now));
    }
  }
}
