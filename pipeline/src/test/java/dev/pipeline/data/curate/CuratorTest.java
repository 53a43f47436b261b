package dev.pipeline.data.curate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.data.Approval;
import dev.pipeline.data.Rejected;
import dev.pipeline.data.Sample;
import dev.pipeline.data.Shipped;
import dev.pipeline.data.Source;
import dev.pipeline.data.mine.MinedItem;
import dev.pipeline.data.redact.Identities;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CuratorTest {
  private static final String ANSWER =
      "Hi Marit,\n\nSorry about the wait. Ondřej has it for €14.20. Could you hold it?\n\nBest,\nJoshi";

  private final Curator curator = new Curator(CurationSettings.defaults("demo"), Shipped.TOKENS);

  @Test
  void aGoodRowIsStrippedAndRedactedAlike() {
    CurateOutcome outcome = curator.curate(item(ANSWER, Approval.pending()));
    assertThat(outcome).isInstanceOf(CurateOutcome.Kept.class);
    Accepted accepted = ((CurateOutcome.Kept) outcome).accepted();
    Sample row = accepted.sample();
    assertThat(row.context()).isEqualTo("Round: 2\nEarlier:\nSupplier: Ask [PERSON_2].");
    assertThat(row.instruction()).isEqualTo("Well, [PERSON_2] or [PERSON_1]?");
    assertThat(row.idealAnswer())
        .isEqualTo("Sorry about the wait. [PERSON_2] has it for EUR 10 to 20. Could you hold it?");
    assertThat(accepted.redactions()).isEqualTo(Map.of("person", 3, "price", 1));
  }

  @Test
  void anEarlierSlipOfTheBuyerIsLeftOutOfTheContext() {
    MinedItem item = item(ANSWER, Approval.pending());
    Sample slipped =
        item.sample()
            .withTexts(
                "When?",
                "Round: 2\nEarlier:\nSupplier: Now?\nBuyer: The playbook says no.\nSupplier: Pity.",
                ANSWER);
    CurateOutcome outcome = curator.curate(new MinedItem(slipped, item.identities()));
    assertThat(((CurateOutcome.Kept) outcome).accepted().sample().context())
        .isEqualTo("Round: 2\nEarlier:\nSupplier: Now?\nSupplier: Pity.");
  }

  @Test
  void whatAReviewerRejectedGoesWithTheReasonAndRedacted() {
    Approval approval = new Approval(Approval.State.REJECTED, "annotator-01", "curt");
    Rejected rejected = dropped(curator.curate(item(ANSWER, approval)));
    assertThat(rejected.reason()).isEqualTo(Curator.REVIEWER);
    assertThat(rejected.detail()).isEqualTo("curt");
    assertThat(rejected.row()).isNotNull();
    assertThat(rejected.toString()).doesNotContain("Marit").doesNotContain("14.20");
  }

  @Test
  void pendingRowsGoWhereAReviewIsRequired() {
    Curator strict =
        new Curator(
            new CurationSettings("demo", false, 0.1, 17, 0.7, 2, Set.of(), true, true),
            Shipped.TOKENS);
    assertThat(dropped(strict.curate(item(ANSWER, Approval.pending()))).reason())
        .isEqualTo(Curator.PENDING);
  }

  @Test
  void aControlRunLearnsWhatIsTold() {
    CurationSettings settings = CurationSettings.defaults("demo");
    Curator control = new Curator(settings.with(false, false), Shipped.TOKENS);
    MinedItem item = item(ANSWER, Approval.pending());
    Accepted told = ((CurateOutcome.Kept) control.curate(item)).accepted();
    assertThat(told.sample().idealAnswer())
        .isEqualTo("Sorry about the wait. Ondřej has it for €14.20. Could you hold it?");
    assertThat(told.redactions()).isEmpty();
    assertThat(curator.redacted(item))
        .isEqualTo(((CurateOutcome.Kept) curator.curate(item)).accepted().sample())
        .isNotEqualTo(control.redacted(item));
  }

  @Test
  void aRowOutOfStyleGoesWithEveryFinding() {
    Rejected rejected =
        dropped(
            curator.curate(
                item("Our playbook says no, sorry to tell you today.", Approval.pending())));
    assertThat(rejected.reason()).isEqualTo("one-suggestion");
    assertThat(rejected.detail()).contains("internals: mentions 'playbook'");
  }

  private static Rejected dropped(CurateOutcome outcome) {
    assertThat(outcome).isInstanceOf(CurateOutcome.Dropped.class);
    return ((CurateOutcome.Dropped) outcome).rejected();
  }

  private static MinedItem item(String answer, Approval approval) {
    return new MinedItem(
        new Sample(
            "c/1",
            "f",
            "Well, Ondřej or Marit?",
            "Round: 2\nEarlier:\nSupplier: Ask Ondřej.",
            answer,
            new Source("chat.jsonl", 1, "c", 1),
            approval),
        new Identities(List.of("Marit Oldervik", "Ondřej"), List.of()));
  }
}
