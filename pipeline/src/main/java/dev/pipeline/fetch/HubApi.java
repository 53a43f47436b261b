package dev.pipeline.fetch;

import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import dev.pipeline.io.StopSignal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import okhttp3.Headers;
import okhttp3.Response;
import okio.Buffer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What a repository holds, asked of the hub.
 *
 * @see <a href="https://huggingface.co/docs/hub/api">Hub API endpoints</a>
 */
final class HubApi {
  /** A listing of the largest repositories has a few megabytes. */
  private static final long LONGEST_LISTING = 32L << 20;

  private static final int MOST_FILES = 50_000;

  private final Hub hub;
  private final HubHttp http;
  private final HubAnswer answers;

  HubApi(Hub hub, HubHttp http, HubAnswer answers) {
    this.hub = hub;
    this.http = http;
    this.answers = answers;
  }

  /** The files of a model at a revision; tries again while {@code patience} lasts. */
  Listing listing(ModelReference model, Patience patience, StopSignal stop) {
    while (true) {
      stop.check();
      try {
        return parse(model, text(model));
      } catch (IOException e) {
        patience.failed(hub + " does not list " + model, e);
      }
    }
  }

  private String text(ModelReference model) throws IOException {
    Headers json = Headers.of("Accept", "application/json");
    try (Response response = http.get(hub.listing(model), json)) {
      answers.requireSuccess(response, model.toString());
      Buffer text = new Buffer();
      while (response.body().source().read(text, 1 << 16) >= 0) {
        if (text.size() > LONGEST_LISTING) {
          throw strange("a listing of more than " + (LONGEST_LISTING >> 20) + " MiB");
        }
      }
      return text.readString(StandardCharsets.UTF_8);
    }
  }

  private Listing parse(ModelReference model, String text) {
    try {
      JsonNode root = Json.mapper().readTree(text);
      JsonNode siblings = root.path("siblings");
      if (!siblings.isArray() || siblings.size() > MOST_FILES) {
        throw strange("no list of files");
      }
      List<HubFile> files = new ArrayList<>();
      for (JsonNode sibling : siblings) {
        files.add(file(sibling));
      }
      String commit = root.path("sha").asString("");
      if (ModelReference.isCommit(model.revision()) && !commit.equals(model.revision())) {
        throw strange("commit " + Printable.of(commit) + " in place of " + model.revision());
      }
      return new Listing(model.repository(), model.revision(), commit, files);
    } catch (JacksonException e) {
      throw strange("no JSON (" + Printable.of(Json.fault(e)) + ")");
    } catch (IllegalArgumentException e) {
      throw strange(String.valueOf(e.getMessage()));
    }
  }

  private HubFile file(JsonNode sibling) {
    String path = sibling.path("rfilename").asString("");
    SafePath.requireInside(path);
    JsonNode lfs = sibling.path("lfs");
    JsonNode size = lfs.has("size") ? lfs.path("size") : sibling.path("size");
    if (!size.isIntegralNumber() || !size.canConvertToLong()) {
      throw strange("no length of " + Printable.of(path));
    }
    return new HubFile(path, size.longValue(), digest(path, sibling, lfs));
  }

  private Digest digest(String path, JsonNode sibling, JsonNode lfs) {
    Optional<String> sha256 = lfs.path("sha256").stringValueOpt();
    if (lfs.isObject()) {
      return new Digest(
          Digest.Kind.SHA256,
          sha256.orElseThrow(() -> strange("no SHA-256 of " + Printable.of(path))));
    }
    return new Digest(
        Digest.Kind.GIT,
        sibling
            .path("blobId")
            .stringValueOpt()
            .orElseThrow(() -> strange("no digest of " + Printable.of(path))));
  }

  private Failure strange(String what) {
    return Failure.refused(
        hub + " answers with " + what,
        "nothing that cannot be verified is fetched; name another hub with --endpoint");
  }
}
