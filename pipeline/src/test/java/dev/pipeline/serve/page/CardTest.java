package dev.pipeline.serve.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Cards as curation writes them, and as somebody may have changed them. */
class CardTest {
  @Test
  void readsWhatADatasetsCardIsMadeOf() {
    Card card =
        Card.of(
            """
            # Dataset negotiation

            Version `14be`, of two
            lines.

            ## Figures
            | count | rows |
            |---|---:|
            | train | 585 |
            """);
    assertThat(card.blocks().stream().map(Card.Block::form))
        .containsExactly(Card.Form.PARAGRAPH, Card.Form.HEADING, Card.Form.TABLE);
    assertThat(card.blocks().get(0).rows().get(0).get(0).pieces())
        .containsExactly("Version ", "14be", ", of two\nlines.");
    assertThat(texts(card.blocks().get(2)))
        .containsExactly(List.of("count", "rows"), List.of("train", "585"));
  }

  @Test
  void keepsWhatItDoesNotKnow() {
    Card card = Card.of("- <script>alert(1)</script>\n> a `quote\n\n#no heading");
    assertThat(card.blocks().stream().map(Card.Block::form))
        .containsExactly(Card.Form.PARAGRAPH, Card.Form.PARAGRAPH);
    assertThat(texts(card.blocks().get(0)))
        .containsExactly(List.of("- <script>alert(1)</script>\n> a quote"));
    assertThat(Card.of("").blocks()).isEmpty();
  }

  private static List<List<String>> texts(Card.Block block) {
    return block.rows().stream()
        .map(
            row ->
                row.stream()
                    .map(cell -> cell.pieces().stream().collect(Collectors.joining()))
                    .toList())
        .toList();
  }
}
