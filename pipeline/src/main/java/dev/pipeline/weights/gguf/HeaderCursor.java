package dev.pipeline.weights.gguf;

import dev.pipeline.io.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Walks through a header, little-endian; whatever it is asked to read is first held against what
 * the file still has, so a lying count allocates nothing (CVE-2024-21802).
 */
final class HeaderCursor {
  /** Longer than any chat template or token; llama.cpp itself has no bound. */
  private static final int MAX_STRING_BYTES = 16 << 20;

  private final Path path;
  private final FileChannel channel;
  private final long fileSize;
  private final ByteBuffer buffer =
      ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN).flip();

  HeaderCursor(Path path, FileChannel channel) throws IOException {
    this.path = path;
    this.channel = channel;
    this.fileSize = channel.size();
  }

  /** Bytes consumed so far. */
  long position() throws IOException {
    return channel.position() - buffer.remaining();
  }

  long fileSize() {
    return fileSize;
  }

  int int8() throws IOException {
    need(1);
    return buffer.get();
  }

  int int16() throws IOException {
    need(2);
    return buffer.getShort();
  }

  int int32() throws IOException {
    need(4);
    return buffer.getInt();
  }

  long int64() throws IOException {
    need(8);
    return buffer.getLong();
  }

  /** Reads a count of things that take at least {@code leastBytes} bytes each. */
  int count(String what, int leastBytes, int most) throws IOException {
    long count = int64();
    long left = fileSize - position();
    if (count < 0 || count > most || count > left / leastBytes) {
      throw refused(
          "announces %s %s with %d bytes left".formatted(Long.toUnsignedString(count), what, left));
    }
    return (int) count;
  }

  String text() throws IOException {
    byte[] bytes = new byte[count("bytes of text", 1, MAX_STRING_BYTES)];
    int filled = 0;
    while (filled < bytes.length) {
      need(1);
      int chunk = Math.min(buffer.remaining(), bytes.length - filled);
      buffer.get(bytes, filled, chunk);
      filled += chunk;
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  Failure refused(String problem) {
    return Failure.refused(
        path + " " + problem, "fetch or write the file again; it is damaged or incomplete");
  }

  private void need(int bytes) throws IOException {
    if (bytes > fileSize - position()) {
      throw refused("ends inside its header, at byte " + fileSize);
    }
    while (buffer.remaining() < bytes) {
      buffer.compact();
      if (channel.read(buffer) < 0) {
        throw new IOException("the file shrank while it was read");
      }
      buffer.flip();
    }
  }
}
