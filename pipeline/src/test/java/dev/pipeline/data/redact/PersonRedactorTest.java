package dev.pipeline.data.redact;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PersonRedactorTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Ask Ondřej in logistics about it.                     | Ondřej
          The form was signed by Ms Adeyinka-Holm in May.       | Ms Adeyinka-Holm
          My foreman Xiadani, who never sleeps, agreed.         | Xiadani
          Gwénaëlle insists on a written yes.                   | Gwénaëlle
          Thanks to Wiremu Te Ahuru we know.                    | Wiremu Te Ahuru
          Write to Sadhbh Ní Mhurchú instead.                   | Sadhbh Ní Mhurchú
          A man, Efosa, helped my driver.                       | Efosa
          We met Quirijn van Heezik yesterday.                  | Quirijn van Heezik
          It was Z. Hruškovicová who wrote.                     | Z. Hruškovicová
          """)
  void aNameIsFoundByWhatStandsAroundIt(String text, String name) {
    assertThat(names(text, List.of())).containsExactly(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Freezing everything in March hurts the Easter trade.",
        "The lorries from Raufoss reached the Gdynia terminal.",
        "StockPilot and the Corvane tool show an MSC grade.",
        "Der Preis ist für die Tonne und nicht für das Kilo.",
        "Timesheets and Chainsaws were late on Fridays.",
        "We shipped 40 Hermle cells near Hohoe.",
        "I've read the ISO sheet; we'll see.",
      })
  void placesProductsMonthsAndForeignNounsStay(String text) {
    assertThat(names(text, List.of())).isEmpty();
  }

  @Test
  void aKnownNameIsFoundWhereverItRecurs() {
    assertThat(names("Rain thinks so. In Rain's view it holds.", List.of("Rain Tuisk")))
        .containsExactly("Rain", "Rain");
  }

  @Test
  void aNameThatOneSentenceGivesAwayIsKnownInTheNext() {
    assertThat(names("Six pages from Kvetoslav. Ask Kvetoslav.", List.of()))
        .containsExactly("Kvetoslav", "Kvetoslav");
  }

  @Test
  void thePersonaIsNobody() {
    assertThat(names("Ask Joshi about it.", List.of("Joshi"))).isEmpty();
  }

  private static List<String> names(String text, List<String> known) {
    return new PersonRedactor(Set.of("Joshi"))
        .find(text, new Identities(known, List.of())).stream().map(span -> span.in(text)).toList();
  }
}
