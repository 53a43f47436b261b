package dev.pipeline.serve.page;

import dev.pipeline.config.PipelineConfig;
import dev.pipeline.jobs.Speakers;
import io.swagger.v3.oas.annotations.Hidden;
import java.nio.file.Files;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The page that talks to {@code /chat}. */
@Hidden
@RestController
public final class ChatPage {
  private final Pages pages;
  private final PipelineConfig config;

  /** The page in the frame of {@code pages}. */
  public ChatPage(Pages pages, PipelineConfig config) {
    this.pages = pages;
    this.config = config;
  }

  @GetMapping("/chat")
  ResponseEntity<String> chat() {
    boolean answers =
        config.serve().chatModel().isPresent() || Files.isRegularFile(Speakers.released(config));
    return pages.page("chat", "Chat", "chat", Map.of("answers", answers));
  }
}
