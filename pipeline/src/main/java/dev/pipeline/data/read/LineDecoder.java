package dev.pipeline.data.read;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * Bytes of one line to text: UTF-8 where that is what they are, else Windows-1252, which every
 * Latin-1 text also is. Byte order marks, control characters and double encoding are mended.
 */
final class LineDecoder {
  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

  private LineDecoder() {}

  static String decode(byte[] bytes) {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException notUtf8) {
      text = new String(bytes, WINDOWS_1252);
    }
    return TextRepair.repair(text).strip();
  }
}
