package dev.pipeline.evaluate.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {
  @Test
  void keepsOrdinaryText() {
    assertThat(Printable.of("Grüße\n\t價格 👍🏽")).isEqualTo("Grüße\n\t價格 👍🏽");
  }

  @Test
  void marksWhatAPageCannotShow() {
    assertThat(Printable.of("a\u0000b\u001bc\ud800d\u202ee")).isEqualTo("a�b�c�d�e");
  }
}
