package dev.pipeline.schedule;

import dev.pipeline.config.TimetableConfig;
import dev.pipeline.io.Failure;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Lines of a crontab between two marks, crontab(5). Cron itself knows only the machine's zone, or
 * with some crons one for the whole file; in another zone a line is started each quarter of an
 * hour, by which all zones differ, and asks what time it is there.
 */
public final class CronLines {
  private static final int QUARTER = 15;
  private static final int HOUR = 60;

  /** Two a year; further ahead nobody knows what parliaments decide. */
  private static final int CLOCK_CHANGES = 30;

  private final Setup setup;
  private final Optional<ZoneId> machine;

  /** Lines for a machine whose cron keeps the time of {@code machine}, where that is known. */
  public CronLines(Setup setup, Optional<ZoneId> machine) {
    this.setup = setup;
    this.machine = machine;
  }

  /** The block, marks included. */
  public String block() {
    return Stream.of(
            Stream.of(begin()), Arrays.stream(Task.values()).map(this::line), Stream.of(end()))
        .flatMap(lines -> lines)
        .collect(Collectors.joining("\n", "", "\n"));
  }

  /**
   * {@code crontab} with this block in the place of an earlier one, or at its end.
   *
   * @throws Failure where the marks do not tell which lines are ours
   */
  public String in(String crontab) {
    List<String> lines = crontab.lines().toList();
    Span old = span(lines);
    return text(lines.subList(0, old.from()))
        + block()
        + text(lines.subList(old.to(), lines.size()));
  }

  /**
   * {@code crontab} without it.
   *
   * @throws Failure where the marks do not tell which lines are ours
   */
  public String without(String crontab) {
    List<String> lines = crontab.lines().toList();
    Span old = span(lines);
    return text(lines.subList(0, old.from())) + text(lines.subList(old.to(), lines.size()));
  }

  /** Lines from one to before another; none at the end where there is no block. */
  private record Span(int from, int to) {}

  /** The block with its marks, which are both there once, in order, around our lines alone. */
  private Span span(List<String> lines) {
    List<Integer> marks =
        IntStream.range(0, lines.size())
            .filter(i -> lines.get(i).equals(begin()) || lines.get(i).equals(end()))
            .boxed()
            .toList();
    if (marks.isEmpty()) {
      return new Span(lines.size(), lines.size());
    }
    int from = marks.get(0);
    int to = marks.get(marks.size() - 1);
    boolean whole =
        marks.size() == 2 && lines.get(from).equals(begin()) && !lines.get(to).equals(begin());
    if (!whole || lines.subList(from + 1, to).stream().anyMatch(line -> !isOurs(line))) {
      throw Failure.refused(
          "line "
              + (from + 1)
              + " of the crontab begins a block of this schedule that is damaged: \""
              + begin()
              + "\", our lines alone and \""
              + end()
              + "\" have to follow one another once",
          "nothing was changed: take the marks and this schedule's lines out with crontab -e, then try again");
    }
    return new Span(from, to + 1);
  }

  private boolean isOurs(String line) {
    return Arrays.stream(Task.values())
        .anyMatch(task -> line.contains(start() + " run " + task.job() + " "));
  }

  private static String text(List<String> lines) {
    return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
  }

  private String begin() {
    return "# pipeline schedule " + setup.subject() + " begin";
  }

  private String end() {
    return "# pipeline schedule " + setup.subject() + " end";
  }

  /** Into the folder, and what starts the program there. */
  private String start() {
    return "cd " + word(setup.root().toString()) + " && " + word(setup.launcher().toString());
  }

  private String line(Task task) {
    TimetableConfig times = setup.timetable();
    LocalTime at = task == Task.DRIFT ? times.driftTime() : times.retrainTime();
    String command =
        start()
            + setup.arguments(task).stream()
                .map(word -> " " + word(word))
                .collect(Collectors.joining());
    if (machine.filter(here -> times.zone().getRules().equals(here.getRules())).isPresent()) {
      String day = task == Task.DRIFT ? "*" : String.valueOf(times.retrainDay());
      return "%d %d %s * * %s".formatted(at.getMinute(), at.getHour(), day, command);
    }
    requireNeverSkipped(times, task, at);
    String format = task == Task.DRIFT ? "\\%H:\\%M" : "\\%d \\%H:\\%M";
    String wanted =
        task == Task.DRIFT
            ? at.toString()
            : String.format(Locale.ROOT, "%02d %s", times.retrainDay(), at);
    return "%s * * * * [ \"$(TZ=%s date '+%s')\" = '%s' ] && %s"
        .formatted(quarters(at.getMinute()), times.timeZone(), format, wanted, command);
  }

  /** Cron makes up for an hour that its own clock skips, and knows nothing of other clocks. */
  private static void requireNeverSkipped(TimetableConfig times, Task task, LocalTime at) {
    ZoneRules rules = times.zone().getRules();
    ZoneOffsetTransition change = rules.nextTransition(Instant.now());
    for (int i = 0; i < CLOCK_CHANGES && change != null; i++) {
      LocalDateTime moment = change.getDateTimeBefore().toLocalDate().atTime(at);
      if (change.isGap()
          && (task == Task.DRIFT || moment.getDayOfMonth() == times.retrainDay())
          && !moment.isBefore(change.getDateTimeBefore())
          && moment.isBefore(change.getDateTimeAfter())) {
        throw Failure.usage(
            at
                + " is skipped in "
                + times.timeZone()
                + " on "
                + moment.toLocalDate()
                + ", and cron, whose zone is another, would miss it",
            "choose a time that every day has in schedule.yaml, or --kind systemd");
      }
      change = rules.nextTransition(change.getInstant());
    }
  }

  private static String quarters(int minute) {
    List<Integer> minutes =
        IntStream.range(0, HOUR / QUARTER)
            .mapToObj(quarter -> (minute + quarter * QUARTER) % HOUR)
            .sorted()
            .toList();
    return minutes.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  /** Quoted for sh; cron takes a bare percent sign for the end of the line even there. */
  static String word(String word) {
    String quoted =
        word.matches("[A-Za-z0-9_@+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    return quoted.replace("%", "\\%");
  }
}
