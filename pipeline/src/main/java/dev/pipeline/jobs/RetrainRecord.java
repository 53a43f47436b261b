package dev.pipeline.jobs;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How a month's retraining ended: {@code retrain/<month>.json}, the last thing it writes.
 *
 * @param intake what it started from
 * @param verdict how it ended
 * @param reasons why it stopped; empty otherwise
 * @param versions of the dataset, the preferences and the program, as far as it came
 * @param runs key of each job's run, shortened, as far as it came
 * @param release the version that is published because of it; null where none is
 * @param same the release whose file training made again, byte for byte; null where it made another
 * @param finished when, ISO-8601 UTC
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RetrainRecord(
    RetrainIntake intake,
    Verdict verdict,
    List<String> reasons,
    Map<String, String> versions,
    Map<String, String> runs,
    @Nullable Integer release,
    @Nullable Integer same,
    String finished) {
  /** Rejects a record that lacks a part, and sorts the maps. */
  public RetrainRecord {
    Objects.requireNonNull(intake, "intake is missing");
    Objects.requireNonNull(verdict, "verdict is missing");
    reasons = List.copyOf(reasons);
    versions = new TreeMap<>(versions);
    runs = new TreeMap<>(runs);
  }

  /** How it ended. */
  public enum Verdict {
    /** A new release is published. The month is done. */
    RELEASED,
    /** Training made a model that was released before. */
    NOTHING_NEW,
    /** A gate, the data or the training said no. */
    STOPPED;

    /** The word in the file. */
    @JsonValue
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
