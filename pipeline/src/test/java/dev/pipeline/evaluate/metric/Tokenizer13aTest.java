package dev.pipeline.evaluate.metric;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class Tokenizer13aTest {
  @Test
  void splitsPunctuationButNotNumbers() {
    assertThat(Tokenizer13a.tokenize("Pay 1,200.50 (net)."))
        .containsExactly("Pay", "1,200.50", "(", "net", ")", ".");
  }

  @Test
  void splitsADashOnlyAfterADigit() {
    assertThat(Tokenizer13a.tokenize("10-20 mid-year"))
        .containsExactly("10", "-", "20", "mid-year");
  }

  @Test
  void hasNoTokensInBlankText() {
    assertThat(Tokenizer13a.tokenize(" \u00a0\n")).isEmpty();
  }
}
