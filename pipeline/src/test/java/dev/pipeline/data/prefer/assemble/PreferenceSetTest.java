package dev.pipeline.data.prefer.assemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pipeline.data.Approval;
import dev.pipeline.data.Sample;
import dev.pipeline.data.Shipped;
import dev.pipeline.data.Source;
import dev.pipeline.data.VersionFolder;
import dev.pipeline.data.prefer.AcceptedPair;
import dev.pipeline.data.prefer.Origin;
import dev.pipeline.data.prefer.Pairs;
import dev.pipeline.data.prefer.PreferencePair;
import dev.pipeline.data.prefer.RejectedPair;
import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreferenceSetTest {
  private static final PreferenceSettings SETTINGS =
      new PreferenceSettings("demo", 0.3, 17, 0.7, 2, Set.of("Joshi"), 2, 10, 4, 1.2, 0, 0.5);

  private static final TunedRows ROWS =
      new TunedRows(
          "curated",
          List.of(row("t", "coils", "The crane stands idle since noon.")),
          List.of(row("v", "lathes", "The lathe hums through the night.")));

  @TempDir Path folder;

  @Test
  void theSplitAgreesWithThatOfTheTuningRows() {
    PreferenceSet set =
        assemble(
            pair("a", "coils", "My ropes fray at the second drum."),
            pair("b", "lathes", "Nobody oiled the slides this week."),
            pair("c", "paint", "Blue is not what dried on my wall."),
            pair("d", "paint", "Then take the ladder back as well."),
            pair("e", "doors", "Hinges came without a single screw."),
            pair("f", "roofs", "Slates slide when the north wind sings."));
    assertThat(set.split().validation()).extracting(PreferencePair::id).contains("b");
    assertThat(set.split().train()).extracting(PreferencePair::id).contains("a");
    assertThat(set.split().train())
        .extracting(PreferencePair::family)
        .doesNotContainAnyElementsOf(set.split().heldOut());
    assertThat(set.split().heldOut()).hasSizeGreaterThan(1).contains("lathes");
  }

  @Test
  void aPairOfAKnownRowStandsWhereTheRowStands() {
    AcceptedPair ofHeldOutRow =
        accepted(
            new PreferencePair(
                "v#cold",
                "",
                "Quite other words than in the row.",
                "",
                Pairs.CHOSEN,
                Pairs.REJECTED,
                "Curt.",
                "cold",
                new Source("a.jsonl", 1, "v", 1)));
    PreferenceSet set = assemble(ofHeldOutRow, pair("a", "coils", "My ropes fray at the drum."));
    assertThat(set.split().validation()).extracting(PreferencePair::id).containsExactly("v#cold");
  }

  @Test
  void aPairWithoutAFamilyStandsWhereTheRowWithItsPromptStands() {
    PreferenceSet set =
        assemble(
            pair("a", "", "The lathe hums through the night!"),
            pair("b", "", "the crane stands idle, since noon"));
    assertThat(set.split().validation()).extracting(PreferencePair::id).containsExactly("a");
    assertThat(set.split().train()).extracting(PreferencePair::id).containsExactly("b");
  }

  @Test
  void aPromptThatIsLearntFromCannotBeHeldOutNorTheOtherWayRound() {
    PreferenceSet set =
        assemble(
            pair("a", "coils", "My ropes fray at the second drum."),
            pair("b", "lathes", "Nobody oiled the slides this week."),
            pair("c", "lathes", "the crane stands idle, since noon"),
            pair("d", "coils", "The lathe hums through the night!"),
            pair("e", "coils", "Nobody oiled the slides this week."));
    assertThat(set.rejected())
        .extracting(rejected -> rejected.source().conversation() + " " + rejected.reason())
        .containsExactlyInAnyOrder(
            "c prompt-on-both-sides", "d prompt-on-both-sides", "e prompt-on-both-sides");
  }

  @Test
  void theSameInputGivesTheSameBytes() throws IOException {
    PreferenceSet set =
        assemble(
            pair("a", "coils", "My ropes fray at the second drum."),
            pair("b", "lathes", "Nobody oiled the slides this week."));
    Path first = PreferenceWriter.write(folder, set, SETTINGS);
    Path second = PreferenceWriter.write(folder.resolve("again"), set, SETTINGS);
    assertThat(second.getFileName()).isEqualTo(first.getFileName());
    for (String file :
        List.of(
            VersionFolder.TRAIN,
            VersionFolder.VALIDATION,
            VersionFolder.REJECTED,
            VersionFolder.CARD,
            VersionFolder.MANIFEST)) {
      assertThat(second.resolve(file)).hasSameBinaryContentAs(first.resolve(file));
    }
    assertThat(PreferenceWriter.latest(folder, "demo")).isEqualTo(first);
    assertThat(PreferenceWriter.manifest(first).counts())
        .isEqualTo(Map.of("train", 1, "validation", 1, "rejected", 0));
    assertThat(Files.readString(first.resolve(VersionFolder.CARD)))
        .contains("## Warnings\n\nNone.");
  }

  @Test
  void warningsStandInTheCard() throws IOException {
    PreferenceSet set =
        assemble(
            accepted(
                Pairs.labelled(
                    Pairs.pair("a", "coils", "My ropes fray at the drum."), "", "robotic")),
            pair("b", "lathes", "Nobody oiled the slides this week."));
    Path version = PreferenceWriter.write(folder, set, SETTINGS);
    assertThat(Files.readString(version.resolve(VersionFolder.CARD)))
        .contains("- **missing-rationale**: 1 pairs have no rationale: a");
  }

  @Test
  void nothingToHoldOutIsRefused() {
    Failure failure =
        catchThrowableOfType(
            Failure.class, () -> assemble(pair("a", "coils", "My ropes fray at the drum.")));
    assertThat(failure.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(failure.reason())
        .isEqualTo(
            "1 pairs are left to learn from and 0 to hold out; 0 are of rows on the other side");
    assertThat(catchThrowableOfType(Failure.class, () -> assemble()))
        .hasMessage("there is no pair");
  }

  @Test
  void whenAllIsRejectedTheFirstIsNamed() {
    RejectedPair rejected =
        RejectedPair.pair(
            "empty-text", "chosen has no words", "write chosen out", Pairs.pair("a", "", ""));
    Failure failure =
        catchThrowableOfType(
            Failure.class,
            () ->
                PreferenceSet.assemble(
                    List.of(), List.of(), List.of(rejected), ROWS, SETTINGS, Shipped.TOKENS));
    assertThat(failure.reason()).contains("notes.jsonl line 1: chosen has no words");
    assertThat(failure.fix()).isEqualTo("write chosen out");
  }

  private static PreferenceSet assemble(AcceptedPair... pairs) {
    return PreferenceSet.assemble(
        List.of(), List.of(pairs), List.of(), ROWS, SETTINGS, Shipped.TOKENS);
  }

  private static AcceptedPair pair(String id, String family, String prompt) {
    return accepted(
        Pairs.pair(id, family, prompt, Pairs.CHOSEN, "Nobody answers " + id + " like this."));
  }

  private static AcceptedPair accepted(PreferencePair pair) {
    return new AcceptedPair(pair, Origin.PAIR, Map.of());
  }

  private static Sample row(String id, String family, String prompt) {
    return new Sample(
        id, family, prompt, "", Pairs.CHOSEN, new Source("a.jsonl", 1, id, 1), Approval.pending());
  }
}
