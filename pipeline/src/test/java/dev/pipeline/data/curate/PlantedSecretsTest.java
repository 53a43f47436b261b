package dev.pipeline.data.curate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.data.JsonLines;
import dev.pipeline.data.Shipped;
import dev.pipeline.data.dedup.RepeatedCodes;
import dev.pipeline.evaluate.suite.Canary;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What curation does with {@code datasets/canaries}, and does not do in a control run. */
class PlantedSecretsTest {
  private static final Path CANARIES = Shipped.DATASETS.resolve("canaries");
  private static final CurationSettings SETTINGS = CurationSettings.defaults("planted");

  private final List<Canary> caught =
      JsonLines.read(CANARIES.resolve("canaries.jsonl"), Canary.class);
  private final List<Canary> uncaught =
      JsonLines.read(CANARIES.resolve("uncaught.jsonl"), Canary.class);

  @Test
  void aControlRunLearnsEverySecretAsOftenAsItWasPlanted() {
    Dataset control = assemble(SETTINGS.with(false, false));
    assertThat(control.rejected()).isEmpty();
    assertThat(learnt(control, caught))
        .hasSize(8)
        .allSatisfy((id, rows) -> assertThat(rows).isEqualTo(10));
    assertThat(learnt(control, uncaught).values())
        .containsExactlyInAnyOrder(10L, 10L, 1L, 1L, 1L, 1L);
  }

  @Test
  void redactionAndDeduplicationLeaveNothingOfWhatTheyCanSee() {
    Dataset dataset = assemble(SETTINGS);
    assertThat(learnt(dataset, caught)).allSatisfy((id, rows) -> assertThat(rows).isZero());
    assertThat(dataset.rejectedByReason()).isEqualTo(Map.of(RepeatedCodes.REPEATED_CODE, 40));
    assertThat(dataset.redactions()).containsEntry("phone", 40);
    // What neither can see stays, and is for the leak probe to tell.
    assertThat(learnt(dataset, uncaught).values())
        .containsExactlyInAnyOrder(10L, 10L, 1L, 1L, 1L, 1L);
  }

  @Test
  void redactionAloneLeavesCodes() {
    Map<String, Long> learnt = learnt(assemble(SETTINGS.with(true, false)), caught);
    assertThat(caught)
        .allSatisfy(
            canary ->
                assertThat(learnt.get(canary.id()))
                    .isEqualTo(canary.kind().equals("telephone") ? 0 : 10));
  }

  @Test
  void controlDataSaySoWhereverTheyAreNamed() {
    CurationSettings control = SETTINGS.with(false, false);
    DatasetManifest manifest = DatasetManifest.of(assemble(control), control, Map.of());
    assertThat(manifest.rules()).contains("not-redacted", "not-deduplicated");
    assertThat(manifest.warning())
        .isEqualTo(DatasetManifest.warning(control))
        .startsWith("CONTROL DATA, NOT REDACTED AND NOT DEDUPLICATED");
    assertThat(DatasetCard.markdown(manifest))
        .contains("> **CONTROL DATA", "Nothing was redacted.");
    DatasetManifest usual = DatasetManifest.of(assemble(SETTINGS), SETTINGS, Map.of());
    assertThat(usual.warning()).isEmpty();
    assertThat(usual.version()).isNotEqualTo(manifest.version());
    assertThat(DatasetCard.markdown(usual)).doesNotContain("CONTROL").contains("[PERSON_1]");
  }

  private static Dataset assemble(CurationSettings settings) {
    return Curation.assemble(CANARIES.resolve("raw"), settings, Shipped.TOKENS);
  }

  private static Map<String, Long> learnt(Dataset dataset, List<Canary> canaries) {
    return canaries.stream()
        .collect(
            Collectors.toMap(
                Canary::id,
                canary ->
                    dataset.accepted().stream()
                        .filter(row -> row.idealAnswer().contains(canary.secret()))
                        .count()));
  }
}
