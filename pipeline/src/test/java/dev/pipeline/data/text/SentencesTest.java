package dev.pipeline.data.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SentencesTest {
  @Test
  void cutsAtStopsQuestionMarksAndLineBreaks() {
    assertThat(Sentences.of("Seven! Credit is due. Can we talk?\nYes"))
        .containsExactly("Seven!", "Credit is due.", "Can we talk?", "Yes");
  }

  @Test
  void aStopInANumberAnAddressOrATitleEndsNothing() {
    assertThat(Sentences.of("Mr. Ek of ek.example wants 14.20 a kilo. B. Oja agrees."))
        .containsExactly("Mr. Ek of ek.example wants 14.20 a kilo.", "B. Oja agrees.");
  }

  @Test
  void aClosingQuoteBelongsToItsSentence() {
    assertThat(Sentences.of("He said \"no.\" Then he left."))
        .containsExactly("He said \"no.\"", "Then he left.");
  }

  @Test
  void blankTextHasNone() {
    assertThat(Sentences.of(" \n ")).isEmpty();
  }
}
