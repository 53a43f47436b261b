package dev.pipeline.fetch;

import dev.pipeline.io.Failure;
import dev.pipeline.io.Loopback;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/**
 * A Hugging Face hub, or a mirror that speaks like one.
 *
 * @param endpoint its address
 * @param token what proves who asks; shown to this address alone and to nobody it points to
 */
public record Hub(HttpUrl endpoint, Optional<String> token) {
  private static final String PUBLIC = "https://huggingface.co";
  private static final Set<String> TRUE = Set.of("1", "ON", "YES", "TRUE");
  private static final Pattern TOKEN = Pattern.compile("[!-~]+");

  /** Refuses a token that would travel readable by everyone on the way. */
  public Hub {
    if (token.isPresent() && !endpoint.isHttps() && !Loopback.is(endpoint.host())) {
      throw Failure.usage(
          endpoint.host() + " is asked over http, where everybody on the way reads the token",
          "write the endpoint as https://..., or unset HF_TOKEN");
    }
  }

  /**
   * The hub that option and environment name.
   *
   * @param option wins over HF_ENDPOINT; a blank one is none
   * @param environment HF_TOKEN or HUGGING_FACE_HUB_TOKEN is where a token comes from
   */
  public static Hub of(@Nullable String option, Map<String, String> environment) {
    boolean given = option != null && !option.isBlank();
    String address =
        (given ? String.valueOf(option) : environment.getOrDefault("HF_ENDPOINT", "")).strip();
    HttpUrl endpoint = HttpUrl.parse(address.isEmpty() ? PUBLIC : address);
    if (endpoint == null || endpoint.query() != null || !endpoint.username().isEmpty()) {
      // A password may stand in such an address; it is not repeated.
      throw Failure.usage(
          (given ? "--endpoint" : "HF_ENDPOINT") + " is no plain address of a hub",
          "write it as https://huggingface.co");
    }
    return new Hub(endpoint, token(environment));
  }

  /** Whether the environment says that nothing may be asked of any hub. */
  public static boolean offline(Map<String, String> environment) {
    return TRUE.contains(
        environment.getOrDefault("HF_HUB_OFFLINE", "").strip().toUpperCase(java.util.Locale.ROOT));
  }

  /** Whether {@code url} belongs to the hub itself, by scheme, host and port. */
  boolean isOrigin(HttpUrl url) {
    return url.scheme().equals(endpoint.scheme())
        && url.host().equals(endpoint.host())
        && url.port() == endpoint.port();
  }

  /** Where the files of a revision are listed, with sizes and digests. */
  HttpUrl listing(ModelReference model) {
    return endpoint
        .newBuilder()
        .addPathSegments("api/models/" + model.repository() + "/revision")
        .addPathSegment(model.revision())
        .addQueryParameter("blobs", "true")
        .build();
  }

  /** Where a file is, or where the hub says where it is. */
  HttpUrl file(RepositoryId repository, String commit, String path) {
    HttpUrl.Builder url = endpoint.newBuilder().addPathSegments(repository + "/resolve/" + commit);
    Stream.of(path.split("/", -1)).forEach(url::addPathSegment);
    return url.build();
  }

  /** Where the hub says whose token it is. */
  HttpUrl whoAmI() {
    return endpoint.newBuilder().addPathSegments("api/whoami-v2").build();
  }

  /** An answer that every hub has for everybody. */
  HttpUrl anything() {
    return endpoint
        .newBuilder()
        .addPathSegments("api/models")
        .addQueryParameter("limit", "1")
        .build();
  }

  private static Optional<String> token(Map<String, String> environment) {
    for (String variable : new String[] {"HF_TOKEN", "HUGGING_FACE_HUB_TOKEN"}) {
      String token = environment.getOrDefault(variable, "").strip();
      if (!token.isEmpty() && !TOKEN.matcher(token).matches()) {
        throw Failure.usage(
            variable + " holds characters that no token has", "set it to the token alone");
      }
      if (!token.isEmpty()) {
        return Optional.of(token);
      }
    }
    return Optional.empty();
  }

  /** The address, without the token. */
  @Override
  public String toString() {
    String address = endpoint.toString();
    return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
  }
}
