package dev.pipeline.config;

import java.time.DateTimeException;
import java.time.LocalTime;
import java.time.ZoneId;

/**
 * {@code schedule.yaml}: when drift is looked for and the model trained anew.
 *
 * @param timeZone the zone of all times here, and of the months of retraining; default UTC
 * @param driftAt time of day of the daily look, hours and minutes; default 06:30
 * @param retrainDay day of the month of retraining, 1 to 28; default 1
 * @param retrainAt time of that day; default 02:00
 */
public record TimetableConfig(String timeZone, String driftAt, int retrainDay, String retrainAt) {
  /** What holds without a file. */
  public static final TimetableConfig DEFAULTS = new TimetableConfig("UTC", "06:30", 1, "02:00");

  /** Zones of no machine, kept by Java for Java. */
  private static final String JAVAS_OWN = "SystemV/";

  private static final int LAST_DAY_OF_EVERY_MONTH = 28;

  /** Refuses values out of range. */
  public TimetableConfig {
    zone(timeZone);
    time("drift_at", driftAt);
    time("retrain_at", retrainAt);
    Check.atLeast("retrain_day", 1, retrainDay);
    if (retrainDay > LAST_DAY_OF_EVERY_MONTH) {
      throw new BadValue(
          "retrain_day",
          "must be at most 28, the last day that every month has, was " + retrainDay,
          "choose a day from 1 to 28");
    }
  }

  /** The zone. */
  public ZoneId zone() {
    return zone(timeZone);
  }

  /** When drift is looked for. */
  public LocalTime driftTime() {
    return time("drift_at", driftAt);
  }

  /** When retraining starts. */
  public LocalTime retrainTime() {
    return time("retrain_at", retrainAt);
  }

  /** Only names of the database of zones: systemd and Kubernetes know no others. */
  private static ZoneId zone(String name) {
    if (name.startsWith(JAVAS_OWN) || !ZoneId.getAvailableZoneIds().contains(name)) {
      throw new BadValue(
          "time_zone", "is no zone: \"" + name + "\"", "write it like Europe/Berlin or UTC");
    }
    return ZoneId.of(name);
  }

  private static LocalTime time(String key, String text) {
    try {
      if (text.length() == "00:00".length()) {
        return LocalTime.parse(text);
      }
    } catch (DateTimeException notATime) {
      // Refused below.
    }
    throw new BadValue(
        key, "is no time of day: \"" + text + "\"", "write hours and minutes, such as \"06:30\"");
  }
}
