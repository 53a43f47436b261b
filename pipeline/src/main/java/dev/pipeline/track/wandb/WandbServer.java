package dev.pipeline.track.wandb;

import dev.pipeline.io.Failure;
import dev.pipeline.io.Loopback;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import okhttp3.Credentials;
import okhttp3.HttpUrl;

/**
 * A server of Weights &amp; Biases, and the key for it. The key is shown to this server alone, in
 * one header, and never over a line that others can read; nothing here prints it.
 */
public final class WandbServer {
  /** Where the key comes from. */
  public static final String KEY = "WANDB_API_KEY";

  /** What its own client asks whether to send anything. */
  public static final String MODE = "WANDB_MODE";

  private static final Set<String> LOCAL = Set.of("offline", "dryrun", "disabled");
  private static final String ADDRESS = "WANDB_BASE_URL";
  private static final String PUBLIC = "https://api.wandb.ai";
  private static final String PUBLIC_PAGES = "https://wandb.ai";
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{8,512}");

  private final HttpUrl base;
  private final String key;

  /** The server at {@code base}. */
  WandbServer(HttpUrl base, String key) {
    if (!base.isHttps() && !Loopback.is(base.host())) {
      throw Failure.usage(
          base.host() + " is asked over http, where everybody on the way reads " + KEY,
          "write " + ADDRESS + " as https://..., or unset " + KEY);
    }
    this.base = base;
    this.key = key;
  }

  /** The server that the environment names; empty without a key. */
  public static Optional<WandbServer> of(Map<String, String> environment) {
    String key = environment.getOrDefault(KEY, "").strip();
    if (key.isEmpty()) {
      return Optional.empty();
    }
    if (!TOKEN.matcher(key).matches()) {
      throw Failure.usage(KEY + " holds characters that no key has", "set it to the key alone");
    }
    String address = environment.getOrDefault(ADDRESS, "").strip();
    HttpUrl base = HttpUrl.parse(address.isEmpty() ? PUBLIC : address);
    if (base == null
        || base.query() != null
        || !base.username().isEmpty()
        || !base.password().isEmpty()) {
      // A password may stand in such an address; it is not repeated.
      throw Failure.usage(ADDRESS + " is no plain address", "write it as " + PUBLIC);
    }
    return Optional.of(new WandbServer(base, key));
  }

  /** Whether {@code WANDB_MODE} keeps runs on this machine, as W&amp;B's own client takes it. */
  public static boolean isLocal(Map<String, String> environment) {
    return LOCAL.contains(environment.getOrDefault(MODE, "").strip());
  }

  /** The address, without the key. */
  String address() {
    String address = base.toString();
    return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
  }

  /** What proves who asks: basic authentication with a fixed user. */
  String authorization() {
    return Credentials.basic("api", key);
  }

  /** The address of what the server calls {@code path}. */
  HttpUrl at(String path) {
    return base.newBuilder().addPathSegments(path).build();
  }

  /** The address that {@code reference}, absolute or not, means. */
  Optional<HttpUrl> resolve(String reference) {
    return Optional.ofNullable(base.resolve(reference))
        .filter(url -> url.isHttps() || Loopback.is(url.host()));
  }

  /** Where people look at a run. */
  String page(String entity, String project, String run) {
    HttpUrl pages = HttpUrl.get(address().equals(PUBLIC) ? PUBLIC_PAGES : address());
    return pages
        .newBuilder()
        .addPathSegment(entity)
        .addPathSegment(project)
        .addPathSegment("runs")
        .addPathSegment(run)
        .build()
        .toString();
  }

  /** {@code text} without the key, should a server repeat it, and fit to be printed. */
  String printable(String text) {
    String clean = text.replace(key, "***").replaceAll("\\p{Cntrl}+", " ").strip();
    return clean.length() > 200 ? clean.substring(0, 200) : clean;
  }

  @Override
  public String toString() {
    return address();
  }
}
