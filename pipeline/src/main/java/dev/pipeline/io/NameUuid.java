package dev.pipeline.io;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** Identifiers that follow from a name: version 5 of RFC 9562, section 5.5. */
public final class NameUuid {
  private static final long VERSION_MASK = 0xffff_ffff_ffff_0fffL;
  private static final long VARIANT_MASK = 0x3fff_ffff_ffff_ffffL;

  private NameUuid() {}

  /** The identifier of {@code name} within {@code namespace}. */
  public static UUID of(UUID namespace, String name) {
    ByteBuffer space = ByteBuffer.allocate(16);
    space.putLong(namespace.getMostSignificantBits());
    space.putLong(namespace.getLeastSignificantBits());
    MessageDigest sha1 = sha1();
    sha1.update(space.array());
    ByteBuffer hash = ByteBuffer.wrap(sha1.digest(name.getBytes(StandardCharsets.UTF_8)));
    long most = (hash.getLong() & VERSION_MASK) | 0x5000L;
    long least = (hash.getLong() & VARIANT_MASK) | 0x8000_0000_0000_0000L;
    return new UUID(most, least);
  }

  private static MessageDigest sha1() {
    try {
      return MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-1", e);
    }
  }
}
