package dev.pipeline.data.read;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;

/** Mends text that went through the wrong encoding, but only where the damage is certain. */
final class TextRepair {
  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private TextRepair() {}

  static String repair(String text) {
    return withoutControls(withoutDoubleEncoding(text));
  }

  /**
   * A run of non-ASCII letters whose Windows-1252 bytes are valid UTF-8 was UTF-8 read as
   * Windows-1252: such a run ({@code Ã¸}, {@code â‚¬}) is no text in any language.
   */
  private static String withoutDoubleEncoding(String text) {
    StringBuilder mended = new StringBuilder(text.length());
    int at = 0;
    while (at < text.length()) {
      int end = at;
      while (end < text.length() && text.charAt(end) > 0x7F) {
        end++;
      }
      if (end > at) {
        mended.append(decodeTwice(text.substring(at, end)));
        at = end;
      } else {
        mended.append(text.charAt(at++));
      }
    }
    return mended.toString();
  }

  private static String decodeTwice(String run) {
    CharsetEncoder encoder = WINDOWS_1252.newEncoder();
    ByteBuffer bytes = ByteBuffer.allocate(run.length());
    try {
      for (int i = 0; i < run.length(); i++) {
        char c = run.charAt(i);
        // C1 controls stand for the five bytes that Windows-1252 leaves undefined.
        if (c <= 0xFF) {
          bytes.put((byte) c);
        } else {
          bytes.put(encoder.encode(CharBuffer.wrap(new char[] {c})));
        }
      }
      return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
    } catch (CharacterCodingException notDoublyEncoded) {
      return run;
    }
  }

  private static String withoutControls(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n' || !(Character.isISOControl(c) || c == BYTE_ORDER_MARK)) {
        clean.append(c);
      } else if (c == '\t') {
        clean.append(' ');
      }
    }
    return clean.toString();
  }
}
