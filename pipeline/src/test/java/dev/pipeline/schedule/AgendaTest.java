package dev.pipeline.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.config.TimetableConfig;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AgendaTest {
  private static final Optional<YearMonth> OCTOBER = Optional.of(YearMonth.of(2026, 10));
  private static final Optional<YearMonth> NOVEMBER = Optional.of(YearMonth.of(2026, 11));

  private final Agenda agenda =
      new Agenda(new TimetableConfig("Europe/Berlin", "06:30", 3, "02:00"));

  @Test
  void nothingIsDueBeforeItsTime() {
    assertThat(agenda.due(at("2026-11-03T00:59:59Z"), day("2026-11-03"), OCTOBER)).isEmpty();
    assertThat(agenda.due(at("2026-11-03T01:00:00Z"), day("2026-11-03"), OCTOBER))
        .contains(Task.RETRAIN);
    assertThat(agenda.due(at("2026-11-04T05:29:59Z"), day("2026-11-03"), NOVEMBER)).isEmpty();
    assertThat(agenda.due(at("2026-11-04T05:30:00Z"), day("2026-11-03"), NOVEMBER))
        .contains(Task.DRIFT);
  }

  @Test
  void summerTimeMovesTheMoment() {
    assertThat(agenda.due(at("2026-07-04T04:30:00Z"), day("2026-07-03"), july()))
        .contains(Task.DRIFT);
    assertThat(agenda.due(at("2026-07-04T04:29:59Z"), day("2026-07-03"), july())).isEmpty();
  }

  @Test
  void aMissedMonthIsMadeUpFor() {
    assertThat(agenda.due(at("2026-11-27T12:00:00Z"), day("2026-11-27"), OCTOBER))
        .contains(Task.RETRAIN);
    assertThat(agenda.due(at("2026-11-27T12:00:00Z"), day("2026-11-27"), Optional.empty()))
        .contains(Task.RETRAIN);
  }

  @Test
  void whatEndedWaitsForItsNextMomentAndWhatWasRefusedForAWhile() {
    Instant noon = at("2026-11-27T12:00:00Z");
    agenda.refused(Task.RETRAIN, noon);
    assertThat(agenda.due(noon.plusSeconds(60), day("2026-11-27"), OCTOBER)).isEmpty();
    assertThat(agenda.due(noon.plus(Agenda.AGAIN), day("2026-11-27"), OCTOBER))
        .contains(Task.RETRAIN);
    agenda.done(Task.RETRAIN, noon);
    assertThat(agenda.due(noon.plusSeconds(86_400), day("2026-11-28"), OCTOBER)).isEmpty();
    assertThat(agenda.due(at("2026-12-03T01:00:00Z"), day("2026-12-03"), OCTOBER))
        .contains(Task.RETRAIN);
  }

  private static Optional<YearMonth> july() {
    return Optional.of(YearMonth.of(2026, 7));
  }

  private static Instant at(String text) {
    return Instant.parse(text);
  }

  private static Optional<LocalDate> day(String text) {
    return Optional.of(LocalDate.parse(text));
  }
}
