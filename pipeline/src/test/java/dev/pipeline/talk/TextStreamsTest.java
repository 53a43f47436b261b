package dev.pipeline.talk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Characters that tokens cut come out whole. */
class TextStreamsTest {
  private static final String TEXT = "Grüße, 東京 😀!";

  @Test
  void bytesBecomeTextWhenACharacterIsWhole() {
    Utf8Text text = new Utf8Text();
    List<String> pieces = new ArrayList<>();
    for (byte one : TEXT.getBytes(StandardCharsets.UTF_8)) {
      pieces.add(text.add(new byte[] {one}));
    }
    assertThat(String.join("", pieces)).isEqualTo(TEXT);
    assertThat(pieces).contains("ü", "東", "😀").doesNotContain("\uFFFD");
  }

  @Test
  void bytesThatAreNoTextAreTold() {
    assertThat(new Utf8Text().add(new byte[] {'a', (byte) 0xFF, 'b'})).isEqualTo("a\uFFFDb");
  }

  @Test
  void tokensBecomeTextWhenACharacterIsWhole() {
    byte[] bytes = TEXT.getBytes(StandardCharsets.UTF_8);
    TokenText text = new TokenText(TextStreamsTest::decode);
    StringBuilder shown = new StringBuilder();
    for (byte one : bytes) {
      String piece = text.add(one & 0xFF);
      assertThat(piece).doesNotContain("\uFFFD");
      shown.append(piece);
    }
    assertThat(shown).hasToString(TEXT);
  }

  /** A tokenizer with a token a byte. */
  private static String decode(long[] ids) {
    byte[] bytes = new byte[ids.length];
    for (int i = 0; i < ids.length; i++) {
      bytes[i] = (byte) ids[i];
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
