package dev.pipeline.serve.api;

import dev.pipeline.data.feedback.FeedbackSite;
import dev.pipeline.io.http.Reply;
import io.swagger.v3.oas.annotations.Operation;
import java.nio.charset.StandardCharsets;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /feedback}, as {@code pipeline feedback serve} hears it. */
@RestController
public final class FeedbackApi {
  private final FeedbackSite site;

  /** Hands on to {@code site}. */
  public FeedbackApi(FeedbackSite site) {
    this.site = site;
  }

  @Operation(summary = "Keeps what somebody says about an answer, redacted before it is written")
  @PostMapping(
      path = {"/feedback", "/api/feedback"},
      consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<byte[]> take(@RequestBody byte[] body) {
    Reply reply = site.keep(new String(body, StandardCharsets.UTF_8));
    return ResponseEntity.status(reply.status())
        .contentType(MediaType.APPLICATION_JSON)
        .body(reply.body());
  }
}
