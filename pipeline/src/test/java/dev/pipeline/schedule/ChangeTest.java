package dev.pipeline.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChangeTest {
  @Test
  void linesThatGoComeAndStay() {
    assertThat(Change.of("f", "a\nb\nc\n", "a\nx\nc\n")).isEqualTo("f:\n  a\n- b\n+ x\n  c\n");
    assertThat(Change.of("f", "", "a\n")).isEqualTo("f:\n+ a\n");
    assertThat(Change.of("f", "a\n", "")).isEqualTo("f:\n- a\n");
    assertThat(Change.of("f", "a\n", "a\n")).isEqualTo("f: unchanged\n");
  }
}
