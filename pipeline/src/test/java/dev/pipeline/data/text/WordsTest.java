package dev.pipeline.data.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WordsTest {
  @Test
  void caseAndAccentsDoNotMatter() {
    assertThat(Words.fold("Ondřej’S")).isEqualTo("ondrej's");
  }

  @Test
  void punctuationIsNoWord() {
    assertThat(Words.of("Don't: 40 crates, please!"))
        .containsExactly("don't", "40", "crates", "please");
  }
}
