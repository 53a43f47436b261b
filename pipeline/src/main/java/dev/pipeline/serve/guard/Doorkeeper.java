package dev.pipeline.serve.guard;

import dev.pipeline.io.Loopback;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a request is answered, before any handler sees it: it must mean this service by
 * name (otherwise a name was made to point here, DNS rebinding), must not come from another site's
 * page, and must bring the token where there is one.
 */
final class Doorkeeper {
  /** Shown to everybody, since it is the way in: the login, and what it looks like. */
  static final Pattern PORCH = Pattern.compile("/login|/assets/[a-z-]{1,32}\\.(css|js|svg)");

  /** What has no place in an address of ours, and means something else to each who reads it. */
  private static final Pattern CROOKED =
      Pattern.compile("(?i);|//|\\\\|%2f|%5c|%2e|%25|%00|/\\.\\.?(/|$)");

  private final Optional<AccessToken> token;
  private final Logins logins;
  private final Set<String> names;

  /**
   * A doorkeeper.
   *
   * @param token what requests must bring, where there is one
   * @param names further names of this service, such as that of a proxy
   */
  Doorkeeper(Optional<AccessToken> token, Logins logins, List<String> names) {
    this.token = token;
    this.logins = logins;
    this.names =
        Stream.concat(Loopback.NAMES.stream(), names.stream().map(Doorkeeper::lower))
            .collect(Collectors.toUnmodifiableSet());
  }

  /** Why a request is not answered. */
  record Refusal(int status, String reason) {}

  /** The reason against {@code asked}; empty where it may be answered. */
  Optional<Refusal> judge(Asked asked) {
    if (CROOKED.matcher(asked.uri()).find()) {
      return refuse(400, "there is no such address");
    }
    if (!isMeant(asked)) {
      return refuse(403, "this service does not go by that name");
    }
    if (!isOfThisSite(asked)) {
      return refuse(403, "another site's page may not ask this service");
    }
    if (token.isPresent() && !PORCH.matcher(asked.uri()).matches() && !isLetIn(asked)) {
      return refuse(401, "the request needs the header Authorization: Bearer TOKEN, or a login");
    }
    return Optional.empty();
  }

  private static Optional<Refusal> refuse(int status, String reason) {
    return Optional.of(new Refusal(status, reason));
  }

  /** An address of its own cannot be made to point here by others, a name can. */
  private boolean isMeant(Asked asked) {
    String host = lower(Objects.requireNonNullElse(asked.host(), ""));
    String name = host.replaceFirst(":\\d{1,5}$", "");
    return names.contains(name) || name.equals(literal(asked.reached()));
  }

  /** A proxy may speak https where this service hears http. */
  private static boolean isOfThisSite(Asked asked) {
    String origin = asked.origin();
    if (origin != null
        && !lower(origin).replaceFirst("^https?://", "").equals(lower(asked.host()))) {
      return false;
    }
    String site = asked.site();
    boolean own = site == null || site.equals("same-origin") || site.equals("none");
    return own || (asked.navigation() && asked.reads());
  }

  private boolean isLetIn(Asked asked) {
    String bearer = asked.bearer();
    String cookie = asked.cookie();
    return (bearer != null && token.orElseThrow().matches(bearer))
        || (cookie != null && logins.isOpen(cookie));
  }

  private static String literal(String address) {
    return address.contains(":") ? "[" + lower(address).replaceFirst("%.*", "") + "]" : address;
  }

  private static String lower(@Nullable String text) {
    return text == null ? "" : text.toLowerCase(Locale.ROOT);
  }
}
