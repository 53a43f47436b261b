package dev.pipeline.schedule;

import dev.pipeline.config.TimetableConfig;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
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

  private final Setup setup;
  private final ZoneId machine;

  /** Lines for a machine in zone {@code machine}. */
  public CronLines(Setup setup, ZoneId machine) {
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

  /** {@code crontab} with this block in the place of an earlier one, or at its end. */
  public String in(String crontab) {
    return without(crontab) + block();
  }

  /** {@code crontab} without it. */
  public String without(String crontab) {
    StringBuilder rest = new StringBuilder();
    boolean inside = false;
    for (String line : crontab.lines().toList()) {
      inside |= line.equals(begin());
      if (!inside) {
        rest.append(line).append('\n');
      }
      inside &= !line.equals(end());
    }
    return rest.toString();
  }

  private String begin() {
    return "# pipeline schedule " + setup.model() + " begin";
  }

  private String end() {
    return "# pipeline schedule " + setup.model() + " end";
  }

  private String line(Task task) {
    TimetableConfig times = setup.timetable();
    LocalTime at = task == Task.DRIFT ? times.driftTime() : times.retrainTime();
    String command =
        "cd "
            + word(setup.root().toString())
            + " && "
            + Stream.concat(Stream.of(setup.launcher().toString()), setup.arguments(task).stream())
                .map(CronLines::word)
                .collect(Collectors.joining(" "));
    if (times.zone().getRules().equals(machine.getRules())) {
      String day = task == Task.DRIFT ? "*" : String.valueOf(times.retrainDay());
      return "%d %d %s * * %s".formatted(at.getMinute(), at.getHour(), day, command);
    }
    String format = task == Task.DRIFT ? "\\%H:\\%M" : "\\%d \\%H:\\%M";
    String wanted =
        task == Task.DRIFT
            ? at.toString()
            : String.format(Locale.ROOT, "%02d %s", times.retrainDay(), at);
    return "%s * * * * [ \"$(TZ=%s date '+%s')\" = '%s' ] && %s"
        .formatted(quarters(at.getMinute()), times.timeZone(), format, wanted, command);
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
