package dev.pipeline.fetch;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;

/** Bytes of a file on the stand-in; only the JDK, so that it starts without anything else. */
public interface FakeContent {
  /** Bytes in all. */
  long size();

  /** The bytes from {@code start} on, as many as {@code buffer} takes or there are. */
  int read(long start, byte[] buffer);

  /** SHA-256 of it all, in hex. */
  default String sha256() {
    return digest("SHA-256", "");
  }

  /** Git's name of it as a blob. */
  default String gitBlob() {
    return digest("SHA-1", "blob " + size() + "\0");
  }

  private String digest(String algorithm, String before) {
    try {
      MessageDigest digest = MessageDigest.getInstance(algorithm);
      digest.update(before.getBytes(StandardCharsets.US_ASCII));
      byte[] buffer = new byte[1 << 16];
      long at = 0;
      for (int n = read(at, buffer); n > 0; n = read(at, buffer)) {
        digest.update(buffer, 0, n);
        at += n;
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Writes the bytes from {@code start} to before {@code end}. */
  default void write(long start, long end, OutputStream out) throws IOException {
    byte[] buffer = new byte[1 << 16];
    for (long at = start; at < end; ) {
      int n = (int) Math.min(read(at, buffer), end - at);
      out.write(buffer, 0, n);
      at += n;
    }
  }

  /** These very bytes. */
  static FakeContent of(byte[] bytes) {
    return new FakeContent() {
      @Override
      public long size() {
        return bytes.length;
      }

      @Override
      public int read(long start, byte[] buffer) {
        int n = (int) Math.min(buffer.length, bytes.length - start);
        System.arraycopy(bytes, (int) start, buffer, 0, n);
        return n;
      }
    };
  }

  static FakeContent of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A safetensors file of one tensor of {@code size} random bytes, made while it is read. */
  static FakeContent safetensors(long size, long seed) {
    String json =
        "{\"weight\":{\"dtype\":\"U8\",\"shape\":[%d],\"data_offsets\":[0,%d]}}"
            .formatted(size, size);
    byte[] text = json.getBytes(StandardCharsets.US_ASCII);
    byte[] header = new byte[8 + text.length];
    ByteBuffer.wrap(header).order(java.nio.ByteOrder.LITTLE_ENDIAN).putLong(text.length).put(text);
    return new Generated(header, size, seed);
  }

  /** A header, then random bytes, block by block. */
  record Generated(byte[] header, long bytes, long seed) implements FakeContent {
    private static final int BLOCK = 1 << 14;

    @Override
    public long size() {
      return header.length + bytes;
    }

    @Override
    public int read(long start, byte[] buffer) {
      if (start < header.length) {
        byte[] rest = Arrays.copyOfRange(header, (int) start, header.length);
        int n = Math.min(rest.length, buffer.length);
        System.arraycopy(rest, 0, buffer, 0, n);
        return n;
      }
      int filled = 0;
      long at = start - header.length;
      while (filled < buffer.length && at < bytes) {
        byte[] block = block(at / BLOCK);
        int from = (int) (at % BLOCK);
        int n = (int) Math.min(Math.min(BLOCK - from, buffer.length - filled), bytes - at);
        System.arraycopy(block, from, buffer, filled, n);
        filled += n;
        at += n;
      }
      return filled;
    }

    private byte[] block(long number) {
      SplittableRandom random = new SplittableRandom(seed * 1_000_003 + number);
      ByteBuffer block = ByteBuffer.allocate(BLOCK);
      while (block.hasRemaining()) {
        block.putLong(random.nextLong());
      }
      return block.array();
    }
  }
}
