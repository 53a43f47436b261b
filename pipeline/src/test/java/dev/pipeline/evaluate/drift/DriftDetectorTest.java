package dev.pipeline.evaluate.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.pipeline.embed.MiniLmEmbedder;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DriftDetectorTest {
  private static final String GOOD = "I see why that stings. Could you send me the log?";
  private static final String STIFF = "The aforementioned log is requested herewith.";
  private final DriftDetector detector = new DriftDetector(0.1, new MiniLmEmbedder());

  @Test
  void theSameAnswersAreNoDrift() {
    DriftFinding finding = detector.compare(answers(40, 0), answers(40, 0));
    assertThat(finding.fall()).isZero();
    assertThat(finding.fallAtLeast()).isZero();
    assertThat(finding.drift()).isFalse();
    assertThat(finding.distance().value()).isLessThan(1e-9);
    assertThat(finding.embedder()).isEqualTo("all-minilm-l6-v2-q");
  }

  @Test
  void theDistanceIsOneOfMeanings() {
    DriftFinding near =
        detector.compare(
            List.of(said(GOOD)), List.of(said("That is hard, I see. Please send me the log.")));
    DriftFinding far = detector.compare(List.of(said(GOOD)), List.of(said("Iron rises in March.")));

    assertThat(near.distance().value()).isBetween(0.01, 0.5);
    assertThat(far.distance().value()).isGreaterThan(near.distance().value() + 0.3);
    assertThat(detector.compare(List.of(said("")), List.of(said(""))).distance().value()).isZero();
    assertThat(detector.compare(List.of(said("")), List.of(said(GOOD))).distance().value()).isOne();
  }

  private static Transcript said(String answer) {
    return new Transcript("task", "message", answer);
  }

  @Test
  void aFallCountsOnlyWhereItsWholeIntervalIsBeyondTheThreshold() {
    double all = Rubric.score(GOOD) - Rubric.score(STIFF);
    DriftFinding many = detector.compare(answers(60, 0), answers(60, 30));
    assertThat(many.fall()).isCloseTo(all / 2, within(1e-9));
    assertThat(many.fallAtLeast()).isLessThan(many.fall());
    assertThat(many.drift()).isTrue();
    // The same mean fall on a few prompts may be chance.
    DriftFinding few = detector.compare(answers(4, 0), answers(4, 1));
    assertThat(few.fall()).isGreaterThan(0.1);
    assertThat(few.drift()).isFalse();
  }

  @Test
  void risingIsNoDrift() {
    assertThat(detector.compare(answers(40, 20), answers(40, 0)).drift()).isFalse();
  }

  @Test
  void otherPromptsCannotBeCompared() {
    assertThatThrownBy(() -> detector.compare(answers(3, 0), answers(4, 0)))
        .hasMessageContaining("other prompts");
    assertThatThrownBy(() -> detector.compare(List.of(), List.of()))
        .hasMessageContaining("other prompts");
  }

  @Test
  void aTicketSaysWhatFellAndQuotesTheWorst() {
    List<Transcript> before = answers(40, 0);
    List<Transcript> now = answers(40, 20);
    DriftDay day =
        new DriftDay("2026-11-22", "sha", 2, "2026-11-01", null, detector.compare(before, now));
    String text =
        Ticket.markdown(
            "demo", day, new Baseline("2026-11-01", "sha", 1, before), now, "Somebody should look");
    assertThat(text)
        .startsWith("# demo drifted on 2026-11-22")
        .contains("| speaks personally: ")
        .contains("    Now: " + STIFF)
        .doesNotContain("    Now: " + GOOD);
  }

  private static List<Transcript> answers(int count, int stiff) {
    return IntStream.range(0, count)
        .mapToObj(i -> new Transcript("task-" + i, "message " + i, i < stiff ? STIFF : GOOD))
        .toList();
  }
}
