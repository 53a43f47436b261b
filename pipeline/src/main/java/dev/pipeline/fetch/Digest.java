package dev.pipeline.fetch;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.pipeline.io.Hashes;
import dev.pipeline.io.StopSignal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Pattern;

/**
 * What the hub says a file's content is: SHA-256 for files in LFS and Xet, git's own name of a blob
 * for the others, which is SHA-1 of {@code "blob " + length + NUL + content}.
 *
 * @param kind which of the two
 * @param hex lower-case hex
 */
public record Digest(Kind kind, String hex) {
  private static final int BUFFER = 1 << 18;

  /** How the digest is computed. */
  public enum Kind {
    /** SHA-256 of the content. */
    SHA256("sha256", Pattern.compile("[0-9a-f]{64}")),
    /** Git's name of the content. */
    GIT("git", Pattern.compile("[0-9a-f]{40}"));

    private final String label;
    private final Pattern shape;

    Kind(String label, Pattern shape) {
      this.label = label;
      this.shape = shape;
    }
  }

  /** Refuses what is no digest. */
  public Digest {
    if (!kind.shape.matcher(hex).matches()) {
      throw new IllegalArgumentException("no " + kind.label + " digest: " + Printable.of(hex));
    }
  }

  /** Reads what {@link #toString} writes. */
  @JsonCreator
  public static Digest parse(String text) {
    for (Kind kind : Kind.values()) {
      if (text.startsWith(kind.label + ":")) {
        return new Digest(kind, text.substring(kind.label.length() + 1));
      }
    }
    throw new IllegalArgumentException("no digest: " + Printable.of(text));
  }

  /** The digest of this kind of a file; gives up when somebody asks to stop. */
  static Digest of(Kind kind, Path file, StopSignal stop) throws IOException {
    MessageDigest digest = kind == Kind.SHA256 ? Hashes.sha256() : blob(Files.size(file));
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
        stop.check();
      }
    }
    return new Digest(kind, Hashes.hex(digest.digest()));
  }

  private static MessageDigest blob(long size) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-1");
      digest.update(("blob " + size + "\0").getBytes(StandardCharsets.US_ASCII));
      return digest;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-1", e);
    }
  }

  @JsonValue
  @Override
  public String toString() {
    return kind.label + ":" + hex;
  }
}
