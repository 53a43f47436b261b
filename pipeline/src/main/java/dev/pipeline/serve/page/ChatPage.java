package dev.pipeline.serve.page;

import io.swagger.v3.oas.annotations.Hidden;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The page that talks to {@code /chat}. */
@Hidden
@RestController
public final class ChatPage {
  private final Pages pages;

  /** The page in the frame of {@code pages}. */
  public ChatPage(Pages pages) {
    this.pages = pages;
  }

  @GetMapping("/chat")
  ResponseEntity<String> chat() {
    return pages.page("chat", "Chat", "chat", Map.of());
  }
}
