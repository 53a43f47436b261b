package dev.pipeline.evaluate.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipeline.io.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReviewSheetTest {
  private static final String OPEN = ",,,,,,,,\r\n";

  @TempDir Path home;
  private ReviewFolder folder;
  private Path file;

  @BeforeEach
  void export() {
    folder = ReviewFolder.create(home, ReviewDraw.of(Contests.contest(9), null, 3, 3));
    file = home.resolve("anna.csv");
    ReviewSheet.export(folder, "Anna", file);
  }

  @Test
  void isAsBlindAsThePage() throws IOException {
    String sheet = Files.readString(file).toLowerCase(Locale.ROOT);
    assertThat(sheet)
        .startsWith(
            "item,context,message,left_answer,right_answer,preference,tone_left,tone_right,"
                + "grounding_left,grounding_right,next_step_left,next_step_right,comment\r\n");
    assertThat(Contests.LABELS).filteredOn(sheet::contains).isEmpty();
  }

  @Test
  void takesOverWhatWasFilledIn() throws IOException {
    fillFirst("Left,5,2,4,3,3,3,\"Warm, and\nshort.\"\r\n");
    assertThat(ReviewSheet.take(folder, "Anna", file)).isEqualTo(1);
    assertThat(ReviewSheet.take(folder, "Anna", file)).isZero();
    Opinion opinion = opinion();
    assertThat(opinion)
        .isEqualTo(
            new Opinion(
                Preference.LEFT,
                Map.of(Criterion.TONE, 5, Criterion.GROUNDING, 4, Criterion.NEXT_STEP, 3),
                Map.of(Criterion.TONE, 2, Criterion.GROUNDING, 3, Criterion.NEXT_STEP, 3),
                "Warm, and\nshort."));
    Path again = home.resolve("again.csv");
    ReviewSheet.export(folder, "anna", again);
    assertThat(ReviewSheet.take(folder, "Anna", again)).isZero();
    assertThat(folder.reviewers().all()).hasSize(1);
  }

  @Test
  void takesOverNothingOfASheetWithAFault() throws IOException {
    fillFirst("right,5,2,4,3,3,3,\r\n");
    Files.writeString(file, Files.readString(file).replaceFirst(OPEN, ",,9,,,,,,\r\n"));
    assertThatThrownBy(() -> ReviewSheet.take(folder, "Anna", file))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("anna.csv row 3")
        .hasMessageContaining("off the scale");
    assertThat(ReviewLog.read(folder.log())).isEmpty();
  }

  @Test
  void anEmptyTableForgetsNothingAndARowCountsOnce() throws IOException {
    String empty = Files.readString(file);
    fillFirst("left,,,,,,,\r\n");
    ReviewSheet.take(folder, "Anna", file);
    Files.writeString(file, empty);
    assertThat(ReviewSheet.take(folder, "Anna", file)).isZero();
    assertThat(opinion().preference()).isEqualTo(Preference.LEFT);
    String row = empty.substring(empty.indexOf("\r\n") + 2);
    refused(empty + row, "are of the same item");
  }

  @Test
  void refusesWhatReviewersCannotMean() throws IOException {
    String sheet = Files.readString(file);
    refused(sheet.replaceFirst(OPEN, ",both,,,,,,,\r\n"), "\"both\" is no preference");
    refused(sheet.replaceFirst(OPEN, ",,good,,,,,,\r\n"), "tone_left is \"good\"");
    refused(sheet.replaceFirst(OPEN, ",,\r\n"), "row 2 has 7 cells");
    refused(sheet.replaceFirst("Dear supplier", "Dear friend"), "its answers were changed");
    refused(sheet.replaceFirst("preference", "choice"), "must name the columns");
    refused("", "must name the columns");
    refused(sheet.replaceFirst(",comment", ",preference"), "must name the columns");
    refused(
        sheet.replace("\r\n", ",\r\n").replaceFirst(",comment,", ",comment,comment"),
        "stands there twice");
  }

  @Test
  void refusesASheetOfAnotherReview() {
    ReviewFolder other = ReviewFolder.create(home, ReviewDraw.of(Contests.contest(40), null, 3, 4));
    assertThatThrownBy(() -> ReviewSheet.take(other, "Anna", file))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("row 2 is of another review");
  }

  private void fillFirst(String cells) throws IOException {
    Files.writeString(file, Files.readString(file).replaceFirst(OPEN, "," + cells));
  }

  private void refused(String sheet, String fault) throws IOException {
    Files.writeString(file, sheet);
    assertThatThrownBy(() -> ReviewSheet.take(folder, "Anna", file))
        .isInstanceOf(Failure.class)
        .hasMessageContaining(fault);
  }

  private Opinion opinion() {
    List<LogEntry> entries = ReviewLog.read(folder.log());
    return ReviewState.of(entries).opinion("Anna", folder.items().get(0).id());
  }
}
