package dev.pipeline.evaluate.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.embed.LetterEmbedder;
import dev.pipeline.evaluate.drift.Baseline;
import dev.pipeline.evaluate.drift.DriftDay;
import dev.pipeline.evaluate.drift.DriftDetector;
import dev.pipeline.evaluate.drift.Transcript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriftReportTest {
  private static final List<Transcript> ANSWERS =
      List.of(
          new Transcript("t-1", "We are late.", "I see why that stings. Could you send the log?"),
          new Transcript("t-2", "The zinc is up.", "That is hard. Could you send the index?"));

  @TempDir Path folder;

  @Test
  void onTheFirstDayABaselineWasRecorded() throws IOException {
    assertThat(page(day("2026-11-22", true)))
        .contains("<strong>Baseline recorded.</strong>", ">11-22</text>")
        .doesNotContain("No drift", "-0.00");
  }

  @Test
  void theDaysAreNamedByTheirDates() throws IOException {
    assertThat(page(day("2026-11-22", true), day("2026-12-02", null)))
        .contains("No drift: the mean rubric score fell by 0.0 %")
        .contains(">11-22</text>", ">11-25</text>", ">12-01</text>")
        .contains("<title>fall at 2026-12-02: 0.0</title>")
        .doesNotContain(">day<");
  }

  private String page(DriftDay... days) throws IOException {
    Path file = folder.resolve("report.html");
    Baseline baseline = new Baseline("2026-11-22", "sha", 1, ANSWERS);
    DriftReport.write(file, "demo", Stream.of(days).toList(), baseline, ANSWERS);
    return Files.readString(file);
  }

  private static DriftDay day(String day, @Nullable Boolean recorded) {
    return new DriftDay(
        day,
        "sha",
        1,
        "2026-11-22",
        recorded,
        new DriftDetector(0.1, new LetterEmbedder(26)).compare(ANSWERS, ANSWERS));
  }
}
