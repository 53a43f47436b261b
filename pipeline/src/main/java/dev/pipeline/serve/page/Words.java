package dev.pipeline.serve.page;

import dev.pipeline.io.Json;
import dev.pipeline.jobs.RunView;
import dev.pipeline.release.LogEntry;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Figures and times as people read them. */
public final class Words {
  private static final int RUN_NAME = 16;
  private static final double MEGA = 1e6;
  private static final String ARROW = " -> ";

  private Words() {}

  /** A time of ISO-8601 without its letters and fractions. */
  public static String time(@Nullable String iso) {
    return iso == null ? "" : iso.replace('T', ' ').replaceFirst("(:\\d\\d:\\d\\d)\\.\\d+", "$1");
  }

  /** How long a run took, or has taken. */
  public static String took(RunView run) {
    String started = run.started();
    if (started == null || (run.ended() == null && !run.live())) {
      return "";
    }
    LocalDateTime end =
        run.ended() == null
            ? LocalDateTime.now(ZoneId.systemDefault())
            : LocalDateTime.parse(run.ended());
    Duration between = Duration.between(LocalDateTime.parse(started), end);
    String passed = duration((double) between.toSeconds());
    return run.ended() == null ? "for " + passed : "took " + passed;
  }

  /** Such as {@code 42 s}, {@code 5 min 14 s} or {@code 12 h 5 min}. */
  public static String duration(double seconds) {
    Duration duration = Duration.ofSeconds(Math.max(0, Math.round(seconds)));
    if (duration.toHours() > 0) {
      return duration.toHours() + " h " + duration.toMinutesPart() + " min";
    }
    return duration.toMinutes() > 0
        ? duration.toMinutes() + " min " + duration.toSecondsPart() + " s"
        : duration.toSeconds() + " s";
  }

  /** Three decimals. */
  public static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  /** No decimals. */
  public static String whole(double value) {
    return String.format(Locale.ROOT, "%,.0f", value);
  }

  /** Such as {@code 32.1 MB}. */
  public static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%,.1f MB", bytes / MEGA);
  }

  /** What a run's summary says, without the place where it lies. */
  public static String outcome(@Nullable String summary) {
    return summary == null ? "" : summary.replaceFirst(ARROW + ".*", "");
  }

  /** Where that lies; empty where the summary does not say. */
  public static String place(@Nullable String summary) {
    int arrow = summary == null ? -1 : summary.indexOf(ARROW);
    return summary == null || arrow < 0 ? "" : summary.substring(arrow + ARROW.length());
  }

  /** A key as words. */
  public static String plain(String key) {
    return key.replace('_', ' ').replace('-', ' ');
  }

  /** The name of the folder of the run that has this key. */
  public static String runName(String key) {
    return key.substring(0, Math.min(RUN_NAME, key.length()));
  }

  /** All counts together. */
  public static int sum(Map<String, Integer> counts) {
    return sum(counts.values());
  }

  private static int sum(Collection<Integer> counts) {
    return counts.stream().mapToInt(Integer::intValue).sum();
  }

  /** The largest first. */
  public static List<Map.Entry<String, Integer>> sorted(Map<String, Integer> counts) {
    return counts.entrySet().stream()
        .sorted(
            Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .toList();
  }

  /** Facts by key; what is no plain value as JSON. */
  public static Map<String, String> facts(Map<String, Object> facts) {
    Map<String, String> texts = new TreeMap<>();
    facts.forEach(
        (key, value) -> texts.put(key, value instanceof String text ? text : Json.line(value)));
    return texts;
  }

  /** Who let which release serve, and why. */
  public static String entry(LogEntry entry) {
    String what = entry.kind() == LogEntry.Kind.PUBLICATION ? "published" : "rolled back to";
    return "%s %d by %s: %s".formatted(what, entry.version(), entry.by(), entry.why());
  }
}
