package dev.pipeline.talk;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Text out of bytes that come in pieces which cut characters. */
final class Utf8Text {
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);

  private ByteBuffer rest = ByteBuffer.allocate(0);

  /** The characters that are whole by now. */
  String add(byte[] bytes) {
    ByteBuffer input = ByteBuffer.allocate(rest.remaining() + bytes.length).put(rest).put(bytes);
    input.flip();
    CharBuffer output = CharBuffer.allocate(input.remaining() + 1);
    decoder.decode(input, output, false);
    rest = input;
    return output.flip().toString();
  }
}
