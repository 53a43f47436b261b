package dev.pipeline.serve.guard;

import dev.pipeline.io.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;

/** The secret that opens the service. It is compared, and never told. */
public final class AccessToken {
  /** The environment's name of the token. */
  public static final String VARIABLE = "PIPELINE_SERVE_TOKEN";

  /** The same of a file that holds it, as secrets are mounted into containers. */
  public static final String FILE_VARIABLE = "PIPELINE_SERVE_TOKEN_FILE";

  private static final int SHORTEST = 16;

  private final byte[] secret;

  /** The token {@code secret}; refuses one that can be guessed. */
  public AccessToken(String secret) {
    if (secret.length() < SHORTEST) {
      throw Failure.usage(
          "the token of pipeline serve has fewer than " + SHORTEST + " characters",
          "make one with: openssl rand -hex 32");
    }
    this.secret = secret.getBytes(StandardCharsets.UTF_8);
  }

  /** What {@code environment} says; empty where it says nothing. */
  public static Optional<AccessToken> of(Map<String, String> environment) {
    String given = environment.getOrDefault(VARIABLE, "").strip();
    String file = environment.getOrDefault(FILE_VARIABLE, "").strip();
    if (!given.isEmpty()) {
      return Optional.of(new AccessToken(given));
    }
    return file.isEmpty() ? Optional.empty() : Optional.of(read(Path.of(file)));
  }

  private static AccessToken read(Path file) {
    try {
      return new AccessToken(Files.readString(file).strip());
    } catch (IOException e) {
      throw Failure.usage(
          FILE_VARIABLE + " names " + file + ", which cannot be read",
          "name a readable file that holds nothing but the token");
    }
  }

  /** Whether {@code given} is it; takes as long for a near miss as for any other. */
  public boolean matches(String given) {
    return MessageDigest.isEqual(secret, given.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "a token";
  }
}
