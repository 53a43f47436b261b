package dev.pipeline.serve.page;

import dev.pipeline.serve.chat.Grounding;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The page that talks to {@code /chat}. */
@Hidden
@RestController
public final class ChatPage {
  private final Pages pages;
  private final boolean grounded;

  /** One that offers collections where there is {@code grounding}. */
  public ChatPage(Pages pages, ObjectProvider<Grounding> grounding) {
    this.pages = pages;
    this.grounded = grounding.getIfAvailable() != null;
  }

  @GetMapping("/chat")
  ResponseEntity<String> chat() {
    return pages.page("chat", "Chat", "chat", Map.of("grounded", grounded));
  }
}
