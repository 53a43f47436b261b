package dev.pipeline.serve.page;

import dev.pipeline.evaluate.review.ReviewFolder;
import dev.pipeline.evaluate.review.ReviewMount;
import dev.pipeline.io.Folders;
import dev.pipeline.io.http.Reply;
import dev.pipeline.io.http.Request;
import dev.pipeline.jobs.Workspace;
import dev.pipeline.serve.api.Missing;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Blind reviews, as {@code pipeline review serve} shows them, below {@code /reviews}. */
@Hidden
@RestController
@RequestMapping("/reviews")
public final class ReviewPages implements AutoCloseable {
  private static final Pattern NAME = Pattern.compile("[0-9a-f]{12}");

  private final Pages pages;
  private final Path reviews;
  private final Map<String, ReviewMount> open = new HashMap<>();

  /** The reviews of the model whose folders are {@code workspace}. */
  public ReviewPages(Pages pages, Workspace workspace) {
    this.pages = pages;
    this.reviews = workspace.model().resolve("reviews");
  }

  @GetMapping
  ResponseEntity<String> list() {
    List<ReviewCard> cards = names().stream().map(name -> ReviewCard.of(reviews, name)).toList();
    return pages.page(
        "reviews", "Reviews", "reviews", Map.of("reviews", cards, "address", address()));
  }

  /** As whoever looks reached the service; the guard has looked at that name. */
  private static String address() {
    return ServletUriComponentsBuilder.fromCurrentContextPath().toUriString();
  }

  @GetMapping({"/{name}/", "/{name}/{file:review\\.(?:css|js)}", "/{name}/api/review"})
  ResponseEntity<byte[]> show(@PathVariable String name, HttpServletRequest request) {
    return answer(name, request, new byte[0]);
  }

  @PutMapping({"/{name}/api/opinions/{item}", "/{name}/api/approval"})
  ResponseEntity<byte[]> keep(@PathVariable String name, HttpServletRequest request)
      throws IOException {
    return answer(name, request, request.getInputStream().readAllBytes());
  }

  private ResponseEntity<byte[]> answer(String name, HttpServletRequest request, byte[] body) {
    // The guard has looked at who asks whom; what is left is the reviewer's token.
    Map<String, String> headers = new HashMap<>(Map.of("Host", "127.0.0.1"));
    String authorization = request.getHeader("Authorization");
    if (authorization != null) {
      headers.put("Authorization", authorization);
    }
    String path = request.getRequestURI().substring("/reviews/".length() + name.length());
    Reply reply = mount(name).answer(new Request(request.getMethod(), path, headers, body));
    return ResponseEntity.status(reply.status())
        .contentType(MediaType.parseMediaType(reply.type()))
        .body(reply.body());
  }

  private synchronized ReviewMount mount(String name) {
    if (!names().contains(name)) {
      throw Missing.of("review " + name).get();
    }
    return open.computeIfAbsent(
        name, key -> ReviewMount.open(ReviewFolder.open(reviews.resolve(key))));
  }

  private List<String> names() {
    return Folders.names(reviews, NAME);
  }

  @Override
  public synchronized void close() {
    open.values().forEach(ReviewMount::close);
    open.clear();
  }
}
