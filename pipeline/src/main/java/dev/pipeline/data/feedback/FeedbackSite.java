package dev.pipeline.data.feedback;

import dev.pipeline.data.read.MalformedLine;
import dev.pipeline.io.Failure;
import dev.pipeline.io.http.Reply;
import dev.pipeline.io.http.Request;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;

/**
 * The API that feedback is sent to:
 *
 * <pre>
 * POST /feedback    one JSON object, as {@link FeedbackReader} reads it
 *   201 {"id": "..."} once it is on the disk, redacted; 200 where the same was there before
 *   400 it is not of the shape, 409 another one has its id, 413 too long, 415 not application/json
 * </pre>
 *
 * <p>With a token, every request must bring {@code Authorization: Bearer TOKEN}. Without one, only
 * requests that name this machine are heard, and none that a browser sends for another site's page:
 * {@code application/json} is what such a page may not send unasked.
 */
public final class FeedbackSite {
  /** Longer requests are refused unread. */
  public static final int LARGEST_BODY = 128 * 1024;

  private static final String PATH = "/feedback";

  private final FeedbackStore store;
  private final Optional<String> token;

  /** A site that keeps what it is sent in {@code store}. */
  public FeedbackSite(FeedbackStore store, Optional<String> token) {
    this.store = store;
    this.token = token;
  }

  /** Answers one request; never throws what a request can cause. */
  public Reply answer(Request request) {
    if (token.isEmpty() && !request.isForThisMachine()) {
      return Reply.error(403, "this server answers to this machine alone");
    }
    if (token.isPresent() && !request.bearer().filter(this::isToken).isPresent()) {
      return Reply.error(401, "the request needs the header Authorization: Bearer TOKEN");
    }
    if (!request.path().equals(PATH)) {
      return Reply.error(404, "there is only " + PATH);
    }
    if (!request.method().equals("POST")) {
      return Reply.error(405, PATH + " takes POST alone");
    }
    if (request
        .header("Content-Type")
        .filter(type -> type.matches("(?i)application/json\\b.*"))
        .isEmpty()) {
      return Reply.error(415, "the request needs the header Content-Type: application/json");
    }
    if (request.body().length > LARGEST_BODY) {
      return Reply.error(413, "this is longer than " + LARGEST_BODY + " bytes");
    }
    return keep(new String(request.body(), StandardCharsets.UTF_8));
  }

  /** Keeps one opinion; who may send it is for the caller to say. */
  public Reply keep(String body) {
    try {
      FeedbackStore.Addition addition = store.add(body);
      Map<String, String> id = Map.of("id", addition.feedback().id());
      return switch (addition.kept()) {
        case NEW -> Reply.json(201, id);
        case KNOWN -> Reply.json(200, id);
        case CONFLICT -> Reply.error(409, "another feedback has this id");
      };
    } catch (MalformedLine e) {
      return Reply.error(400, e.reason());
    } catch (Failure e) {
      return Reply.error(503, e.reason());
    }
  }

  /** Takes as long for a near miss as for any other. */
  private boolean isToken(String given) {
    return MessageDigest.isEqual(
        given.getBytes(StandardCharsets.UTF_8),
        token.orElseThrow().getBytes(StandardCharsets.UTF_8));
  }
}
