package dev.pipeline.data.prefer.assemble;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.data.Source;
import dev.pipeline.data.prefer.AcceptedPair;
import dev.pipeline.data.prefer.Origin;
import dev.pipeline.data.prefer.PairOutcome;
import dev.pipeline.data.prefer.Pairs;
import dev.pipeline.data.prefer.PreferencePair;
import dev.pipeline.data.prefer.RawPair;
import dev.pipeline.data.prefer.RejectedPair;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PairCuratorTest {
  private final PairCurator curator = new PairCurator(Set.of("Joshi"));

  @Test
  void allFiveTextsAreRedactedAlike() {
    PreferencePair pair =
        new PreferencePair(
            "n/1",
            "coils",
            "Marit Solberg asks for EUR 14.20 per kg.",
            "Round: 2\nEarlier:\nSupplier: Call Marit on +47 21 55 01 02.",
            "Sorry, Marit. We heard you out. Could you wait?",
            "Marit Solberg gets EUR 14.20 per kg from all of us.",
            "Told Marit the price.",
            "leaks_internals",
            new Source("notes.jsonl", 3, "n", 1));
    AcceptedPair accepted =
        kept(new RawPair(pair, Origin.REVIEW_NOTE, List.of("Marit Solberg"), List.of()));
    assertThat(accepted.pair())
        .isEqualTo(
            pair.withTexts(
                "[PERSON_1] asks for EUR 10 to 20 per kg.",
                "Round: 2\nEarlier:\nSupplier: Call [PERSON_1] on [PHONE_1].",
                "Sorry, [PERSON_1]. We heard you out. Could you wait?",
                "[PERSON_1] gets EUR 10 to 20 per kg from all of us.",
                "Told [PERSON_1] the price.",
                "leaks_internals"));
    assertThat(accepted.redactions()).isEqualTo(Map.of("person", 5, "phone", 1, "price", 2));
  }

  @Test
  void aFailureNobodyNamedIsNamedByRule() {
    PreferencePair pair = Pairs.labelled(Pairs.pair("p", "", Pairs.PROMPT), "", "");
    assertThat(kept(raw(pair)).pair().failureMode()).isEqualTo("cold");
    assertThat(kept(raw(pair)).pair().rationale()).contains("how the supplier feels");
    assertThat(kept(raw(Pairs.labelled(pair, "Mine.", "verbose"))).pair())
        .isEqualTo(Pairs.labelled(pair, "Mine.", "verbose"));
  }

  @Test
  void aGreetingStaysOnlyWhereItIsTheFailure() {
    String greeted = "Hello Ann,\nthe coils in the yard are hard on you. Could you cover them?";
    PreferencePair pair = Pairs.pair("p", "", Pairs.PROMPT, "Hi Ann,\n" + Pairs.CHOSEN, greeted);
    assertThat(kept(raw(Pairs.labelled(pair, "", ""))).pair().failureMode()).isEqualTo("greeting");
    assertThat(kept(raw(Pairs.labelled(pair, "", ""))).pair().rejected()).startsWith("Hello");
    PreferencePair cold = kept(raw(pair)).pair();
    assertThat(cold.rejected()).startsWith("the coils");
    assertThat(cold.chosen()).isEqualTo(Pairs.CHOSEN);
  }

  @Test
  void identicalAnswersAreRefusedAlsoWhenOnlyRedactionMakesThemSo() {
    RejectedPair same =
        dropped(Pairs.pair("p", "", Pairs.PROMPT, Pairs.CHOSEN, " " + Pairs.CHOSEN + "!"));
    assertThat(same.reason()).isEqualTo(RejectedPair.IDENTICAL);
    assertThat(same.detail()).contains("chosen and rejected");
    assertThat(same.source().file()).isEqualTo("notes.jsonl");
    assertThat(
            dropped(
                    Pairs.pair(
                        "p", "", Pairs.PROMPT, "We pay EUR 14.20 now.", "We pay EUR 14.70 now."))
                .reason())
        .isEqualTo(RejectedPair.IDENTICAL);
  }

  @Test
  void emptyTextsAndTemplateTokensAreRefusedByKey() {
    assertThat(dropped(Pairs.pair("p", "", " ", Pairs.CHOSEN, Pairs.REJECTED)).detail())
        .isEqualTo("prompt has no words");
    assertThat(dropped(Pairs.pair("p", "", Pairs.PROMPT, Pairs.CHOSEN, "...")).detail())
        .isEqualTo("rejected has no words");
    RejectedPair forged =
        dropped(Pairs.pair("p", "", Pairs.PROMPT, "Sorry.<|im_end|>", Pairs.REJECTED));
    assertThat(forged.reason()).isEqualTo(PairCurator.CONTROL);
    assertThat(forged.fix()).contains("chosen");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<|im_end|>",
        "<|eot_id|>",
        "<start_of_turn>",
        "<end_of_turn>",
        "[INST]",
        "[/INST]",
        "</s>",
        "<<SYS>>",
        "<bos>",
        "<｜User｜>"
      })
  void noTextOfAPairMayHoldATokenOfATemplate(String token) {
    PreferencePair fine = Pairs.pair("p", "", Pairs.PROMPT, Pairs.CHOSEN, Pairs.REJECTED);
    String forged = "Could it be " + token + " then?";
    for (PreferencePair pair :
        List.of(
            fine.withTexts(forged, "", Pairs.CHOSEN, Pairs.REJECTED, "Curt.", "cold"),
            fine.withTexts(Pairs.PROMPT, forged, Pairs.CHOSEN, Pairs.REJECTED, "Curt.", "cold"),
            fine.withTexts(Pairs.PROMPT, "", forged, Pairs.REJECTED, "Curt.", "cold"),
            fine.withTexts(Pairs.PROMPT, "", Pairs.CHOSEN, forged, "Curt.", "cold"),
            fine.withTexts(Pairs.PROMPT, "", Pairs.CHOSEN, Pairs.REJECTED, forged, "cold"))) {
      RejectedPair rejected = dropped(pair);
      assertThat(rejected.reason()).isEqualTo(PairCurator.CONTROL);
      assertThat(rejected.detail()).contains(token);
    }
    assertThat(kept(raw(fine)).pair().chosen()).isEqualTo(Pairs.CHOSEN);
  }

  @Test
  void aSampledAnswerWithoutKnownFailureMayBeGoodAndGoes() {
    String fine = "It is hard on you, I see. Could you cover the coils in the yard?";
    PreferencePair pair =
        Pairs.labelled(Pairs.pair("p", "", Pairs.PROMPT, Pairs.CHOSEN, fine), "", "");
    assertThat(dropped(RawPair.synthetic(pair, Origin.SAMPLED)).reason())
        .isEqualTo(PairCurator.NO_FAILURE);
    assertThat(kept(raw(pair)).pair().failureMode()).isEmpty();
  }

  private static RawPair raw(PreferencePair pair) {
    return RawPair.synthetic(pair, Origin.PAIR);
  }

  private AcceptedPair kept(RawPair raw) {
    PairOutcome outcome = curator.curate(raw);
    assertThat(outcome).isInstanceOf(PairOutcome.Kept.class);
    return ((PairOutcome.Kept) outcome).accepted();
  }

  private RejectedPair dropped(PreferencePair pair) {
    return dropped(raw(pair));
  }

  private RejectedPair dropped(RawPair raw) {
    PairOutcome outcome = curator.curate(raw);
    assertThat(outcome).isInstanceOf(PairOutcome.Dropped.class);
    return ((PairOutcome.Dropped) outcome).rejected();
  }
}
