package dev.pipeline.data.mine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StyleNormaliserTest {
  private static final String BODY = "A verbal order is tough.\nCould you send the date?";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Hi Ragnvald,\n\n%s\n\nBest,\nJoshi",
        "Kia ora Ngaire,\n%s",
        "%s\n\nMit freundlichen Grüßen\nIhsan Kaplanoğlu\n+49 221 4710 663",
        "Joshi,\n\n%s\n\n/Lazaros Vennström",
        "Hello. %s",
        "Morning, Kwabena. %s",
        "Dear team,\n\n%s\n\nYours, still politely,\nZ. Hruškovicová",
      })
  void stripsWhatStandsAroundTheMessage(String message) {
    assertThat(StyleNormaliser.strip(message.formatted(BODY))).isEqualTo(BODY);
  }

  @Test
  void keepsAMessageThatOnlyLooksLikeOne() {
    for (String text :
        new String[] {
          "Thanks for the list. Best we could hope for.",
          "Morning shifts are short. Could you move the slot?",
          "Right.",
          BODY
        }) {
      assertThat(StyleNormaliser.strip(text)).isEqualTo(text);
    }
  }

  @Test
  void blankTextStaysBlank() {
    assertThat(StyleNormaliser.strip(" \n ")).isEmpty();
  }
}
