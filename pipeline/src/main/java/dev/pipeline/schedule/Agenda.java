package dev.pipeline.schedule;

import dev.pipeline.config.TimetableConfig;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a daemon has to do next. A moment that passed while nobody watched is made up for, once: the
 * day's look, and the month's retraining. What a busy machine refused is tried again after a while.
 */
public final class Agenda {
  /** Until what was refused is tried again. */
  public static final Duration AGAIN = Duration.ofMinutes(15);

  private final TimetableConfig timetable;
  private final Map<Task, Instant> notBefore = new EnumMap<>(Task.class);
  private final Map<Task, Instant> tried = new EnumMap<>(Task.class);

  /** The agenda of {@code timetable}. */
  public Agenda(TimetableConfig timetable) {
    this.timetable = timetable;
  }

  /**
   * The task that is due now, retraining before the look at what it makes.
   *
   * @param lastDrift the last day on which drift was looked for
   * @param lastRetrain the last month whose retraining ended, however it did
   */
  public Optional<Task> due(
      Instant now, Optional<LocalDate> lastDrift, Optional<YearMonth> lastRetrain) {
    ZonedDateTime here = now.atZone(timetable.zone());
    YearMonth month = YearMonth.from(here);
    Instant retrainAt = moment(Task.RETRAIN, here);
    boolean retrained = lastRetrain.filter(last -> !last.isBefore(month)).isPresent();
    if (!retrained && isOpen(Task.RETRAIN, retrainAt, now)) {
      return Optional.of(Task.RETRAIN);
    }
    Instant driftAt = moment(Task.DRIFT, here);
    boolean looked = lastDrift.filter(last -> !last.isBefore(here.toLocalDate())).isPresent();
    return !looked && isOpen(Task.DRIFT, driftAt, now) ? Optional.of(Task.DRIFT) : Optional.empty();
  }

  /** It ended, well or not; its next moment is the next one that the timetable has. */
  public void done(Task task, Instant now) {
    tried.put(task, now);
    notBefore.remove(task);
  }

  /** It could not even begin. */
  public void refused(Task task, Instant now) {
    notBefore.put(task, now.plus(AGAIN));
  }

  /** Passed, not tried since, and not put off. */
  private boolean isOpen(Task task, Instant moment, Instant now) {
    boolean passed = !now.isBefore(moment);
    boolean untried =
        Optional.ofNullable(tried.get(task)).filter(t -> !t.isBefore(moment)).isEmpty();
    boolean free = Optional.ofNullable(notBefore.get(task)).filter(now::isBefore).isEmpty();
    return passed && untried && free;
  }

  /** Today's, or this month's. */
  private Instant moment(Task task, ZonedDateTime here) {
    return switch (task) {
      case DRIFT ->
          here.toLocalDate().atTime(timetable.driftTime()).atZone(timetable.zone()).toInstant();
      case RETRAIN ->
          YearMonth.from(here)
              .atDay(timetable.retrainDay())
              .atTime(timetable.retrainTime())
              .atZone(timetable.zone())
              .toInstant();
    };
  }
}
