package dev.pipeline.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Recognises what lies where weights should, and calls it by its name. */
final class Placeholder {
  /** Bytes at the start of a file that are looked at. */
  static final int LOOK = 512;

  private static final int LENGTH_BYTES = 8;

  private Placeholder() {}

  /** What {@code start}, the first bytes of something, is instead of weights. */
  static Optional<String> of(byte[] start) {
    String text = new String(start, StandardCharsets.ISO_8859_1).stripLeading();
    String lower = text.toLowerCase(Locale.ROOT);
    if (start.length == 0) {
      return Optional.of("an empty file");
    } else if (text.startsWith("version https://git-lfs")) {
      return Optional.of("a git-lfs pointer, not the file it stands for");
    } else if (lower.startsWith("<!doctype html") || lower.startsWith("<html")) {
      return Optional.of("an HTML page, such as a login or an error page");
    } else if (lower.startsWith("<?xml")) {
      return Optional.of("an XML document, such as a storage server's error");
    } else if (text.startsWith("{\"error\"")) {
      return Optional.of("an error message in JSON");
    }
    return Optional.empty();
  }

  /**
   * What the complete file at {@code path} is instead of the weights that {@code file} should be.
   */
  static Optional<String> in(Path path, HubFile file) throws IOException {
    byte[] start = start(path);
    Optional<String> placeholder = of(start);
    if (placeholder.isPresent() || !file.isWeights()) {
      return placeholder.filter(what -> file.isWeights());
    }
    if (file.isSafetensors() && !startsLikeSafetensors(start, file.size())) {
      return Optional.of("no safetensors: its header is longer than the file, or none");
    }
    if (file.isGguf() && !new String(start, StandardCharsets.ISO_8859_1).startsWith("GGUF")) {
      return Optional.of("no GGUF: it does not begin with GGUF");
    }
    return Optional.empty();
  }

  /** The first bytes of a file. */
  static byte[] start(Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      return in.readNBytes(LOOK);
    }
  }

  /** Length of the header in eight bytes, low one first, then the header, which is JSON. */
  private static boolean startsLikeSafetensors(byte[] start, long size) {
    if (start.length <= LENGTH_BYTES) {
      return false;
    }
    long header = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getLong();
    return header > 0 && header <= size - LENGTH_BYTES && start[LENGTH_BYTES] == '{';
  }
}
