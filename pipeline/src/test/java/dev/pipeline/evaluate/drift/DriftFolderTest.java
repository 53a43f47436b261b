package dev.pipeline.evaluate.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipeline.evaluate.metric.Score;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriftFolderTest {
  @TempDir Path path;
  private DriftFolder folder;

  @BeforeEach
  void open() {
    folder = new DriftFolder(path);
  }

  @Test
  void theBaselineBeforeIsKeptAlsoOfTheSameDay() {
    for (String answer : List.of("one", "two", "three", "three")) {
      folder.write(baseline(answer));
    }
    assertThat(folder.baseline()).contains(baseline("three"));
    assertThat(path.resolve("baselines").toFile().list())
        .hasSize(2)
        .allMatch(name -> name.startsWith("2026-11-22-"));
  }

  @Test
  void aDamagedBaselineIsReplacedAndKept() throws IOException {
    Files.writeString(folder.baselineFile(), "{broken");
    assertThatThrownBy(folder::baseline).hasMessageContaining("baseline.json");
    folder.write(baseline("one"));
    assertThat(folder.baseline()).contains(baseline("one"));
    assertThat(path.resolve("baselines")).isDirectoryContaining("glob:**/damaged-*.json");
  }

  @Test
  void aBaselineThatIsLostIsSaid() {
    folder.requireBaseline();
    folder.add(day());
    assertThatThrownBy(folder::requireBaseline).hasMessageContaining("baseline.json is gone");
    folder.write(baseline("one"));
    folder.requireBaseline();
  }

  @Test
  void aDayIsToldByHistoryAndPage() throws IOException {
    folder.add(day());
    assertThat(folder.tells(day())).isFalse();
    Files.writeString(folder.report(), "page");
    assertThat(folder.tells(day())).isTrue();
  }

  @Test
  void nothingIsShownAsLessThanNothingByAHair() {
    assertThat(String.valueOf(Rounded.of(-0.004, 2))).isEqualTo("0.0");
    assertThat(Rounded.of(-0.006, 2)).isEqualTo(-0.01);
  }

  private static Baseline baseline(String answer) {
    return new Baseline("2026-11-22", "sha", 1, List.of(new Transcript("t-1", "Hello", answer)));
  }

  private static DriftDay day() {
    return new DriftDay(
        "2026-11-22",
        "sha",
        1,
        "2026-11-22",
        true,
        new DriftFinding(1, "1", 0, 0, 0.1, false, List.of(), new Score(0, 0, 0, 1), null));
  }
}
