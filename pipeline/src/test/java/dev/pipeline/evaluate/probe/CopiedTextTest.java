package dev.pipeline.evaluate.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.evaluate.metric.Finding;
import java.util.List;
import org.junit.jupiter.api.Test;

class CopiedTextTest {
  private final CopiedText runs =
      new CopiedText(new Runs(List.of("One two three, four five six.", "Seven eight nine ten")), 4);

  @Test
  void findsTheWholeRunOnce() {
    assertThat(runs.inspect("well ONE two three four - five, then seven"))
        .containsExactly(new Finding("verbatim", "one two three four five"));
  }

  @Test
  void findsEachRun() {
    assertThat(runs.inspect("two three four five; seven eight nine ten"))
        .extracting(Finding::text)
        .containsExactly("two three four five", "seven eight nine ten");
  }

  @Test
  void ignoresShortRunsAndRunsAcrossTexts() {
    assertThat(runs.inspect("one two three")).isEmpty();
    assertThat(runs.inspect("one two three five six seven eight nine")).isEmpty();
    assertThat(runs.inspect("")).isEmpty();
  }
}
