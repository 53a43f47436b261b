package dev.pipeline.track;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import dev.pipeline.io.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code tracking.json}: what a run tells those who follow it besides its curves. It is written
 * when the run begins and again when it ends; without an end the run goes on, or was killed.
 *
 * @param id names the run everywhere; it follows from the run's key, so that the same run is the
 *     same there, too
 * @param job such as sft
 * @param model such as phi4-joshi
 * @param tags words to find it by
 * @param startedAt ISO-8601 UTC, of the first start
 * @param ended how it ended; null while it did not
 */
public record TrackedRun(
    String id,
    String job,
    String model,
    List<String> tags,
    @JsonProperty("started_at") String startedAt,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable End ended) {
  /** Its name in the run's folder. */
  public static final String FILE = "tracking.json";

  /** The curves beside it: JSON lines with a step. */
  public static final String METRICS = "metrics.jsonl";

  private static final int SHORT = 6;
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  /**
   * The end of a run.
   *
   * @param at ISO-8601 UTC
   * @param exitCode 0 where it succeeded
   * @param figures what came out, by name
   * @param files small files worth keeping, by name; paths below the run's folder
   */
  public record End(
      String at,
      @JsonProperty("exit_code") int exitCode,
      Map<String, Object> figures,
      Map<String, String> files) {
    /** Sorts both maps. */
    public End {
      figures = Collections.unmodifiableMap(new TreeMap<>(figures));
      files = Collections.unmodifiableMap(new TreeMap<>(files));
    }

    /** An end now. */
    public static End now(int exitCode, Map<String, Object> figures, Map<String, String> files) {
      return new End(TrackedRun.now(), exitCode, figures, files);
    }
  }

  /** Refuses an id that is none. */
  public TrackedRun {
    tags = List.copyOf(tags);
    if (!ID.matcher(id).matches() || !isTime(startedAt)) {
      throw Failure.refused(
          FILE + " is of no run: id or started_at", "remove that file and run the job again");
    }
  }

  /** A run that begins, or goes on: then it began before. */
  public static TrackedRun begin(
      Path folder, String id, String job, String model, List<String> tags) {
    String since = read(folder).map(TrackedRun::startedAt).orElseGet(TrackedRun::now);
    TrackedRun run = new TrackedRun(id, job, model, tags, since, null);
    run.write(folder);
    return run;
  }

  /** The same with its end, which is written. */
  public TrackedRun end(Path folder, End end) {
    TrackedRun run = new TrackedRun(id, job, model, tags, startedAt, end);
    run.write(folder);
    return run;
  }

  /** What the run in {@code folder} left, if it did. */
  public static Optional<TrackedRun> read(Path folder) {
    Path file = folder.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Json.parse(Files.readString(file), TrackedRun.class, file.toString()));
    } catch (IOException e) {
      throw Failure.infrastructure(
          "cannot read " + file + ": " + Reason.of(e), "check its permissions", e);
    }
  }

  /** How the id begins, for people. */
  public String shortId() {
    return id.substring(0, Math.min(SHORT, id.length()));
  }

  /** Whether it goes on, went well or not, in a word. */
  public String state() {
    if (ended == null) {
      return "unfinished";
    }
    return ended.exitCode() == 0 ? "finished" : "failed";
  }

  private void write(Path folder) {
    AtomicFiles.writeString(folder.resolve(FILE), Json.pretty(this));
  }

  private static boolean isTime(String text) {
    try {
      return Instant.parse(text).getEpochSecond() >= 0;
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
