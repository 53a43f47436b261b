package dev.pipeline.release.ollama;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The smallest GGUF that a parser accepts: version 3, two keys, no tensors. */
public final class TinyGguf {
  private static final int STRING = 8;

  private TinyGguf() {}

  /** Writes one whose name, and so its digest, is {@code name}. */
  public static Path write(Path file, String name) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(1024).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put("GGUF".getBytes(StandardCharsets.US_ASCII)).putInt(3).putLong(0).putLong(2);
    string(bytes, "general.architecture").putInt(STRING);
    string(bytes, "llama");
    string(bytes, "general.name").putInt(STRING);
    string(bytes, name);
    byte[] content = new byte[bytes.position()];
    bytes.flip().get(content);
    return Files.write(file, content);
  }

  private static ByteBuffer string(ByteBuffer bytes, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    return bytes.putLong(utf8.length).put(utf8);
  }
}
