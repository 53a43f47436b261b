package dev.pipeline.serve.guard;

import dev.pipeline.io.Hashes;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Browsers that showed the token once. They end with the service, and after half a day. */
public final class Logins {
  /** The cookie's name. */
  public static final String COOKIE = "pipeline_login";

  /** How long one holds. */
  public static final Duration LIFE = Duration.ofHours(12);

  private static final int BYTES = 32;
  private static final int MOST = 1000;

  private final Map<String, Instant> ends = new ConcurrentHashMap<>();
  private final SecureRandom random = new SecureRandom();
  private final Clock clock;

  /** Nobody, by the time of {@code clock}. */
  public Logins(Clock clock) {
    this.clock = clock;
  }

  /** Lets a browser in; returns what its cookie holds. Only a digest of it is remembered. */
  public String open() {
    ends.values().removeIf(end -> end.isBefore(clock.instant()));
    if (ends.size() >= MOST) {
      ends.clear();
    }
    byte[] id = new byte[BYTES];
    random.nextBytes(id);
    String text = HexFormat.of().formatHex(id);
    ends.put(Hashes.sha256(text), clock.instant().plus(LIFE));
    return text;
  }

  /** Whether a browser with this cookie was let in. */
  public boolean isOpen(String cookie) {
    Instant end = ends.get(Hashes.sha256(cookie));
    return end != null && end.isAfter(clock.instant());
  }

  /** Lets it out. */
  public void close(String cookie) {
    ends.remove(Hashes.sha256(cookie));
  }
}
