package dev.pipeline.data.prefer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.chat.Tokenizer;
import dev.pipeline.data.Sample;
import dev.pipeline.data.Shipped;
import dev.pipeline.data.curate.Curation;
import dev.pipeline.data.curate.CurationSettings;
import dev.pipeline.data.curate.Dataset;
import dev.pipeline.data.curate.InputFile;
import dev.pipeline.data.lint.StyleRules;
import dev.pipeline.data.lint.TokenCounter;
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
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the shipped data give, without the answers that only the fine-tuned model can write. */
@Tag("recipe")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ShippedPreferencesTest {
  private static final Path RAW = Shipped.DATASETS.resolve("preferences-raw");
  private static final CurationSettings CURATION = CurationSettings.defaults("shipped");
  private static final PreferenceSettings SETTINGS =
      new PreferenceSettings("shipped", 0.2, 17, 0.7, 2, CURATION.personas(), 2, 0, 0, 0.9, 0, 0.5);

  private static final Set<Origin> MADE = Set.of(Origin.SPOILT, Origin.SAMPLED);

  private final List<RejectedPair> unread = new ArrayList<>();
  private final List<AcceptedPair> captured = new ArrayList<>();
  private TunedRows rows = new TunedRows("", List.of(), List.of());
  private PreferenceSet set = assemble();

  @Test
  void fourHundredFinishedPairsShipAndEachIsKeptAsItStands() {
    assertThat(set.pairs()).hasSize(captured.size()).hasSizeGreaterThanOrEqualTo(400);
    assertThat(set.rejected()).isEmpty();
    assertThat(set.pairs())
        .extracting(PreferencePair::failureMode)
        .allMatch(FailureMode.words()::contains);
    assertThat(captured)
        .filteredOn(pair -> MADE.contains(pair.origin()))
        .hasSizeGreaterThanOrEqualTo(400)
        .allSatisfy(pair -> assertThat(pair.redactions()).isEmpty());
  }

  @Test
  void theSpoiltPairsAreThoseThatTheRulesMakeAndNoneIsMadeTwice() {
    PreferenceSettings asked =
        new PreferenceSettings(
            "shipped", 0.2, 17, 0.7, 2, CURATION.personas(), 2, 120, 64, 0.9, 0, 0.5);
    SyntheticRows synthetic = new SyntheticRows(rows, asked, Set.of());
    PairCurator curator = new PairCurator(CURATION.personas());
    List<AcceptedPair> spoilt = new ArrayList<>();
    synthetic.spoilt().stream()
        .flatMap(row -> synthetic.spoil(row).stream())
        .forEach(raw -> judge(curator.curate(raw), spoilt, unread));
    assertThat(texts(captured, Origin.SPOILT)).isEqualTo(texts(spoilt, Origin.SPOILT));
    assertThat(synthetic.sampled())
        .extracting(row -> row.id() + "#sampled")
        .containsAll(texts(captured, Origin.SAMPLED).keySet());

    Set<String> brought = PairReader.ids(PairReader.lines(RawLines.files(RAW)));
    SyntheticRows more = new SyntheticRows(rows, asked, brought);
    assertThat(more.spoilt()).hasSize(120).doesNotContainAnyElementsOf(synthetic.spoilt());
    assertThat(more.sampled()).hasSize(64).doesNotContainAnyElementsOf(synthetic.sampled());
    assertThat(new SyntheticRows(rows, SETTINGS, Set.of()).spoilt()).isEmpty();
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
    try (Tokenizer tokens = Tokenizer.open(Path.of("../artifacts/base/tokenizer.json"))) {
      return assemble(tokens::count);
    }
  }

  private PreferenceSet assemble(TokenCounter tokens) {
    Dataset curated = Curation.assemble(Shipped.DATASETS.resolve("raw"), CURATION, tokens);
    rows = new TunedRows("shipped", curated.split().train(), curated.split().validation());
    PairCurator curator = new PairCurator(CURATION.personas());
    List<Path> files = RawLines.files(RAW);
    PairReader.lines(files)
        .forEach(
            line -> {
              PairReader.Reading reading = PairReader.read(line);
              reading.rejected().ifPresent(unread::add);
              reading.pairs().forEach(raw -> judge(curator.curate(raw), captured, unread));
            });
    return PreferenceSet.assemble(InputFile.of(files), captured, unread, rows, SETTINGS, tokens);
  }

  private static Map<String, String> texts(List<AcceptedPair> pairs, Origin origin) {
    return pairs.stream()
        .filter(pair -> pair.origin() == origin)
        .map(AcceptedPair::pair)
        .collect(Collectors.toMap(PreferencePair::id, PreferencePair::rejected));
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
