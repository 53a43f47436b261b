package dev.pipeline.evaluate.review;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pipeline.data.Approval;
import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import dev.pipeline.io.http.Reply;
import dev.pipeline.io.http.Request;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The review page and its API, for any server:
 *
 * <pre>
 * GET /                        the page; its link carries the token behind a #, which browsers keep
 * GET /api/review              the reviewer's name, all items, and what the reviewer said so far
 * PUT /api/opinions/{item}     an {@link Opinion}; 204 once it is on the disk
 * PUT /api/approval            {"state": "approved" or "rejected", "reason"}; 204 likewise
 * </pre>
 *
 * <p>The API wants {@code Authorization: Bearer TOKEN}. There is no cookie that another site's page
 * could use, and a request for another host than this machine is refused, so that a name that was
 * made to point here (DNS rebinding) reads nothing.
 */
final class ReviewSite {
  /** Longer requests are refused unread. */
  static final int LARGEST_BODY = 64 * 1024;

  private static final String OPINIONS = "/api/opinions/";

  private static final Map<String, Asset> PAGES =
      Map.of(
          "/", new Asset("review.html", "text/html; charset=utf-8"),
          "/review.css", new Asset("review.css", "text/css; charset=utf-8"),
          "/review.js", new Asset("review.js", "text/javascript; charset=utf-8"));

  private final ReviewDesk desk;

  ReviewSite(ReviewDesk desk) {
    this.desk = desk;
  }

  private record Asset(String resource, String type) {}

  private record Shown(
      String reviewer,
      List<ReviewItem> items,
      Map<String, Opinion> opinions,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Approval approval) {}

  record Verdict(Approval.State state, String reason) {
    Verdict {
      Objects.requireNonNull(state, "state is missing");
      Objects.requireNonNull(reason, "reason is missing");
    }
  }

  /** Answers one request; never throws what a request can cause. */
  Reply answer(Request request) {
    if (!request.isForThisMachine()) {
      return Reply.error(403, "this server answers to this machine alone");
    }
    Asset page = PAGES.get(request.path());
    if (page != null) {
      return request.method().equals("GET") ? asset(page) : wrongMethod();
    }
    Optional<Reviewer> reviewer = request.bearer().flatMap(desk::withToken);
    return reviewer
        .map(known -> answer(request, known))
        .orElseGet(() -> Reply.error(401, "this link is not valid; ask for a new one"));
  }

  private Reply answer(Request request, Reviewer reviewer) {
    boolean reads = request.method().equals("GET");
    if (request.path().equals("/api/review")) {
      return reads ? Reply.json(shown(reviewer)) : wrongMethod();
    }
    boolean opinion = request.path().startsWith(OPINIONS);
    if (!opinion && !request.path().equals("/api/approval")) {
      return Reply.error(404, "there is no such page");
    }
    return request.method().equals("PUT") ? keep(request, reviewer, opinion) : wrongMethod();
  }

  private Reply keep(Request request, Reviewer reviewer, boolean opinion) {
    if (request.body().length > LARGEST_BODY) {
      return Reply.error(413, "this is longer than " + LARGEST_BODY + " bytes");
    }
    String body = new String(request.body(), StandardCharsets.UTF_8);
    try {
      if (opinion) {
        String item = request.path().substring(OPINIONS.length());
        desk.keep(reviewer, item, Json.parse(body, Opinion.class, "the opinion"));
      } else {
        Verdict verdict = Json.parse(body, Verdict.class, "the approval");
        desk.keep(reviewer, verdict.state(), verdict.reason());
      }
      return Reply.kept();
    } catch (Failure e) {
      return Reply.error(e.exitCode() == ExitCode.REFUSED ? 400 : 503, e.reason());
    }
  }

  private Shown shown(Reviewer reviewer) {
    return new Shown(
        reviewer.name(),
        desk.items(),
        desk.opinionsOf(reviewer),
        desk.approvalOf(reviewer).orElse(null));
  }

  private static Reply wrongMethod() {
    return Reply.error(405, "this cannot be done here");
  }

  private static Reply asset(Asset asset) {
    try (InputStream in = ReviewSite.class.getResourceAsStream(asset.resource)) {
      if (in == null) {
        throw new IllegalStateException(asset.resource + " is not in the program");
      }
      return new Reply(200, asset.type, in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
