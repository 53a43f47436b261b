package dev.pipeline.data.prefer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.data.Sample;
import dev.pipeline.data.Shipped;
import dev.pipeline.data.curate.Curation;
import dev.pipeline.data.curate.CurationSettings;
import dev.pipeline.data.curate.Dataset;
import dev.pipeline.data.curate.InputFile;
import dev.pipeline.data.lint.StyleRules;
import dev.pipeline.data.prefer.assemble.Lengths;
import dev.pipeline.data.prefer.assemble.PairCurator;
import dev.pipeline.data.prefer.assemble.PreferenceSet;
import dev.pipeline.data.prefer.assemble.PreferenceSettings;
import dev.pipeline.data.prefer.assemble.SyntheticRows;
import dev.pipeline.data.prefer.assemble.TunedRows;
import dev.pipeline.data.prefer.read.PairReader;
import dev.pipeline.data.read.RawLines;
import dev.pipeline.data.text.Words;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the shipped data give, without the answers that only the base model can write. */
@Tag("recipe")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ShippedPreferencesTest {
  private static final Path RAW = Shipped.DATASETS.resolve("preferences-raw");
  private static final CurationSettings CURATION = CurationSettings.defaults("shipped");
  private static final PreferenceSettings SETTINGS =
      new PreferenceSettings(
          "shipped", 0.2, 17, 0.7, 2, CURATION.personas(), 2, 160, 0, 1.2, 0, 0.5);

  private final List<RejectedPair> unread = new ArrayList<>();
  private final List<AcceptedPair> captured = new ArrayList<>();
  private TunedRows rows = new TunedRows("", List.of(), List.of());
  private PreferenceSet set = assemble();

  @BeforeAll
  void all() {
    assertThat(set.pairs()).hasSizeGreaterThanOrEqualTo(400);
  }

  @Test
  void enoughAreHeldOutAndEnoughOfThoseAreOfLikeLength() {
    assertThat(set.split().validation()).hasSizeGreaterThanOrEqualTo(100);
    assertThat(set.split().validation())
        .filteredOn(pair -> Lengths.matched(pair, Shipped.TOKENS))
        .hasSizeGreaterThanOrEqualTo(50);
    assertThat(set.pairs())
        .filteredOn(pair -> Lengths.matched(pair, Shipped.TOKENS))
        .hasSizeGreaterThanOrEqualTo(150);
  }

  @Test
  void everyFailureIsOnEitherSide() {
    for (String mode : FailureMode.words()) {
      assertThat(set.split().train())
          .filteredOn(pair -> pair.failureMode().equals(mode))
          .hasSizeGreaterThan(15);
      assertThat(set.split().validation())
          .filteredOn(pair -> pair.failureMode().equals(mode))
          .hasSizeGreaterThan(3);
    }
  }

  @Test
  void noWarningIsShipped() {
    assertThat(set.warnings()).isEmpty();
  }

  @Test
  void everyCapturedLineIsAPairInTheHouseStyle() {
    assertThat(unread).isEmpty();
    assertThat(captured).hasSizeGreaterThanOrEqualTo(120);
    assertThat(captured)
        .extracting(AcceptedPair::pair)
        .filteredOn(pair -> !StyleRules.standard().check(pair.chosen(), Shipped.TOKENS).isEmpty())
        .extracting(PreferencePair::id)
        .isEmpty();
  }

  @Test
  void noHeldOutPromptIsLearntFromAnywhere() {
    Set<List<String>> learnt = new HashSet<>();
    rows.train().forEach(row -> learnt.add(Words.of(row.instruction())));
    set.split().train().forEach(pair -> learnt.add(Words.of(pair.prompt())));
    assertThat(set.split().validation())
        .allSatisfy(pair -> assertThat(learnt).doesNotContain(Words.of(pair.prompt())));
    assertThat(set.split().heldOut())
        .doesNotContainAnyElementsOf(rows.train().stream().map(Sample::family).toList());
  }

  @Test
  void curatedAnswersComeThroughUnchanged() {
    Map<String, String> answers = new HashMap<>();
    rows.train().forEach(row -> answers.put(row.id(), row.idealAnswer()));
    rows.heldOut().forEach(row -> answers.put(row.id(), row.idealAnswer()));
    assertThat(set.pairs())
        .filteredOn(pair -> pair.id().contains("#"))
        .hasSizeGreaterThan(300)
        .allSatisfy(
            pair ->
                assertThat(pair.chosen())
                    .isEqualTo(answers.get(pair.id().substring(0, pair.id().indexOf('#')))));
  }

  @Test
  void namesAndPricesOfTheRawLinesAreGone() {
    String all = set.pairs().toString();
    for (String secret :
        List.of("Feodora", "Leopoldine", "Bartholomew", "Casimir", "EUR 410", "0.74", "1,480")) {
      assertThat(all).doesNotContain(secret);
    }
  }

  private PreferenceSet assemble() {
    Dataset curated = Curation.assemble(Shipped.DATASETS.resolve("raw"), CURATION, Shipped.TOKENS);
    rows = new TunedRows("shipped", curated.split().train(), curated.split().validation());
    PairCurator curator = new PairCurator(CURATION.personas());
    List<AcceptedPair> accepted = new ArrayList<>();
    List<RejectedPair> rejected = new ArrayList<>();
    List<Path> files = RawLines.files(RAW);
    PairReader.lines(files)
        .forEach(
            line -> {
              PairReader.Reading reading = PairReader.read(line);
              reading.rejected().ifPresent(unread::add);
              reading.pairs().forEach(raw -> judge(curator.curate(raw), captured, unread));
            });
    accepted.addAll(captured);
    SyntheticRows synthetic = new SyntheticRows(rows, SETTINGS, Set.of());
    synthetic.spoilt().stream()
        .flatMap(row -> synthetic.spoil(row).stream())
        .forEach(raw -> judge(curator.curate(raw), accepted, rejected));
    return PreferenceSet.assemble(
        InputFile.of(files), accepted, rejected, rows, SETTINGS, Shipped.TOKENS);
  }

  private static void judge(
      PairOutcome outcome, List<AcceptedPair> accepted, List<RejectedPair> rejected) {
    if (outcome instanceof PairOutcome.Kept kept) {
      accepted.add(kept.accepted());
    } else {
      rejected.add(((PairOutcome.Dropped) outcome).rejected());
    }
  }
}
