package dev.pipeline.schedule;

import dev.pipeline.config.TimetableConfig;
import dev.pipeline.io.Hashes;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A service and a timer for each task; systemd.service(5), systemd.timer(5), systemd.time(7). Times
 * that were missed while the machine slept are made up for. What a busy machine refused (exit code
 * 3) is tried again; a failed gate, wrong settings or refused data are not.
 */
public final class SystemdUnits {
  private static final String WRITTEN =
      "# Written by pipeline schedule; pipeline schedule remove takes it away unless it was edited.\n";
  private static final String DIGEST = "# SHA-256 of what follows: ";

  private SystemdUnits() {}

  /** Unit files by name. */
  public static Map<String, String> of(Setup setup) {
    Map<String, String> units = new LinkedHashMap<>();
    for (Task task : Task.values()) {
      units.put(setup.unit(task) + ".service", service(setup, task));
      units.put(setup.unit(task) + ".timer", timer(setup, task));
    }
    return units;
  }

  private static String service(Setup setup, Task task) {
    return signed(
        """
        [Unit]
        Description=%s (%s)

        [Service]
        Type=oneshot
        WorkingDirectory=%s
        # NAME=value lines for what the program reads there; the file need not be.
        EnvironmentFile=-%s/schedule.env
        ExecStart=%s
        # A stopped job goes on where it was when it is started again.
        SuccessExitStatus=130
        KillMode=mixed
        TimeoutStartSec=infinity
        TimeoutStopSec=5min
        Restart=on-failure
        RestartPreventExitStatus=1 2 4 5
        RestartSec=15min
        """
            .formatted(
                task.description(),
                setup.model(),
                specifiers(setup.root().toString()),
                specifiers(setup.root().toString()),
                Stream.concat(
                        Stream.of(quoted(setup.launcher().toString())),
                        setup.arguments(task).stream().map(SystemdUnits::word))
                    .collect(Collectors.joining(" "))));
  }

  private static String timer(Setup setup, Task task) {
    return signed(
        """
        [Unit]
        Description=%s (%s)

        [Timer]
        OnCalendar=%s
        Persistent=true
        Unit=%s.service

        [Install]
        WantedBy=timers.target
        """
            .formatted(task.description(), setup.model(), calendar(setup, task), setup.unit(task)));
  }

  /** With a digest of the rest, by which {@link #isUntouched} knows it again. */
  private static String signed(String unit) {
    return WRITTEN + DIGEST + Hashes.sha256(unit) + "\n" + unit;
  }

  /** Whether {@code text} is what some schedule wrote, with no letter changed since. */
  static boolean isUntouched(String text) {
    String[] lines = text.split("\n", 3);
    return lines.length == 3 && text.equals(signed(lines[2]));
  }

  /** An expression of systemd.time(7), with its zone. */
  static String calendar(Setup setup, Task task) {
    TimetableConfig times = setup.timetable();
    return switch (task) {
      case DRIFT -> "*-*-* " + times.driftAt() + ":00 " + times.timeZone();
      case RETRAIN ->
          String.format(
              Locale.ROOT,
              "*-*-%02d %s:00 %s",
              times.retrainDay(),
              times.retrainAt(),
              times.timeZone());
    };
  }

  /** Quoted as systemd.service(5) wants words of a command line; variables are put in for $NAME. */
  static String word(String word) {
    return quoted(word).replace("$", "$$");
  }

  /** The command itself may hold no variable, so that a dollar there is only a dollar. */
  private static String quoted(String word) {
    return "\"" + specifiers(word).replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  private static String specifiers(String text) {
    return text.replace("%", "%%");
  }
}
