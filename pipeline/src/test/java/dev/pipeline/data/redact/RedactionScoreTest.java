package dev.pipeline.data.redact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.data.JsonLines;
import dev.pipeline.data.Shipped;
import dev.pipeline.data.text.WordList;
import dev.pipeline.data.text.Words;
import dev.pipeline.io.AtomicFiles;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds redaction to floors on the shipped conversations, and writes the table of its README. */
@Tag("recipe")
class RedactionScoreTest {
  private static final RedactionScore SCORE = RedactionScore.of(Shipped.DATASETS, ".*");

  @ParameterizedTest
  @CsvSource({
    "email,   0.99",
    "phone,   0.99",
    "iban,    0.99",
    "card,    0.99",
    "person,  0.95",
    "address, 0.95",
    "price,   0.98"
  })
  void recallStaysAboveItsFloor(String kind, double floor) {
    assertThat(SCORE.tally(kind).planted).isPositive();
    assertThat(SCORE.tally(kind).recall()).as("%s", SCORE.misses()).isGreaterThanOrEqualTo(floor);
  }

  @Test
  void precisionStaysAboveItsFloor() {
    AtomicFiles.writeString(Path.of("target", "redaction-score.md"), SCORE.table());
    assertThat(SCORE.overall().precision())
        .as("%s", SCORE.falseFinds())
        .isGreaterThanOrEqualTo(0.95);
  }

  @Test
  void atLeastHalfOfThePlantedNamesAndAddressesStandInNoListThatShips() {
    Set<String> listed =
        List.of("given-names.txt", "not-names.txt", "english-words.txt", "trade-words.txt").stream()
            .map(list -> WordList.folded(Redactors.class, list))
            .flatMap(Collection::stream)
            .collect(Collectors.toSet());
    for (String kind : List.of("person", "address")) {
      List<PlantedLabel> planted =
          JsonLines.read(Shipped.DATASETS.resolve("labels/planted.jsonl"), PlantedLabel.class)
              .stream()
              .filter(label -> label.kind().equals(kind))
              .toList();
      long unlisted =
          planted.stream()
              .filter(label -> Words.of(label.text()).stream().anyMatch(w -> !listed.contains(w)))
              .filter(label -> kind.equals("address") || noPart(label, listed))
              .count();
      assertThat((double) unlisted / planted.size()).as(kind).isGreaterThanOrEqualTo(0.5);
    }
  }

  private static boolean noPart(PlantedLabel label, Set<String> listed) {
    return Names.parts(label.text()).stream().noneMatch(listed::contains);
  }
}
