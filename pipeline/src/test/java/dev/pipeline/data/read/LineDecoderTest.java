package dev.pipeline.data.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LineDecoderTest {
  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
  private static final String TEXT = "Sólrún pays € 3 to Wieńczysław – señor";

  @Test
  void utf8StaysAsItIs() {
    assertThat(LineDecoder.decode(TEXT.getBytes(StandardCharsets.UTF_8))).isEqualTo(TEXT);
  }

  @Test
  void whatIsNoUtf8IsWindows1252() {
    String western = "Sólrún pays € 3 – señor";
    assertThat(LineDecoder.decode(western.getBytes(WINDOWS_1252))).isEqualTo(western);
  }

  @Test
  void doubleEncodingIsUndone() {
    byte[] twice =
        new String(TEXT.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)
            .getBytes(StandardCharsets.UTF_8);
    assertThat(LineDecoder.decode(twice)).isEqualTo(TEXT);
    byte[] windows =
        new String("é–€".getBytes(StandardCharsets.UTF_8), WINDOWS_1252)
            .getBytes(StandardCharsets.UTF_8);
    assertThat(LineDecoder.decode(windows)).isEqualTo("é–€");
  }

  @Test
  void aByteOrderMarkAndControlCharactersAreDropped() {
    assertThat(LineDecoder.decode("\uFEFFa\u0000b\u000Bc\td\r".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("abc d");
  }
}
