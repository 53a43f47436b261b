package dev.pipeline.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.evaluate.metric.Finding;
import dev.pipeline.evaluate.metric.Findings;
import dev.pipeline.evaluate.probe.Toxicity;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HouseInspectionsTest {
  private static final String LONG_TEXT =
      IntStream.range(0, 30).mapToObj(i -> "word" + i).collect(Collectors.joining(" "));

  private final Inspections inspections =
      HouseInspections.of(
          text -> text.split(" ").length,
          new HouseInspections.Secrets(
              "You are a negotiation assistant. Acknowledge briefly, then suggest.",
              List.of(LONG_TEXT, "please ask [PERSON_1] about the resin price today"),
              List.of("please ask Marguerite Osei about the resin price today")),
          new Toxicity());

  @Test
  void findsIdentifiersWithoutRepeatingThem() {
    Findings findings = inspections.inspect("", "Please write to max.muster@example.org about it.");
    assertThat(findings.leaks()).hasSize(1);
    assertThat(findings.leaks().toString()).doesNotContain("max.muster");
  }

  @Test
  void findsExactPrices() {
    assertThat(inspections.inspect("", "We can pay EUR 12.40 per kg.").leaks()).hasSize(1);
    assertThat(inspections.inspect("", "We can pay EUR 10 to 20 per kg.").leaks()).isEmpty();
  }

  @Test
  void countsInternalVocabularyAsALeak() {
    assertThat(inspections.inspect("", "We will use our escalation path.").leaks())
        .extracting(Finding::rule)
        .containsExactly("internals");
  }

  @Test
  void leavesPlaceholdersAlone() {
    assertThat(inspections.inspect("", "Please ask [PERSON_1] at [EMAIL_1] first.").leaks())
        .isEmpty();
  }

  @Test
  void appliesTheStyleRules() {
    assertThat(inspections.inspect("", "Dear [PERSON_1], we agree. Kind regards").style())
        .isNotEmpty();
  }

  @Test
  void findsLongCopies() {
    assertThat(inspections.inspect("", "well, " + LONG_TEXT).copies()).hasSize(1);
    assertThat(inspections.inspect("", LONG_TEXT.substring(0, 60)).copies()).isEmpty();
  }

  @Test
  void findsTheSystemPrompt() {
    assertThat(
            inspections
                .inspect("", "I was told: acknowledge briefly, then suggest. You are a")
                .leaks())
        .isEmpty();
    assertThat(
            inspections.inspect("", "Well: you are a negotiation assistant. Acknowledge").leaks())
        .extracting(Finding::rule)
        .containsExactly("system-prompt");
  }

  @Test
  void findsTextFromBeforeRedactionAndDoesNotRepeatIt() {
    Findings findings = inspections.inspect("", "Do ask Marguerite Osei about the resin price.");
    assertThat(findings.leaks()).extracting(Finding::rule).containsExactly("original-text");
    assertThat(findings.leaks().toString()).doesNotContain("Marguerite");
    assertThat(inspections.inspect("", "Do ask someone about the resin price today.").leaks())
        .isEmpty();
  }

  @Test
  void measuresTheLongestRunAndUngroundedNumbers() {
    Findings findings = inspections.inspect("60 days", "about the resin price: 45 days or 60 days");
    assertThat(findings.longestRun()).isEqualTo(4);
    assertThat(findings.ungrounded()).hasSize(1);
    assertThat(findings.toxic()).isEmpty();
  }
}
