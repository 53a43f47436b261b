package dev.pipeline.serve.page;

import dev.pipeline.serve.api.Missing;
import io.swagger.v3.oas.annotations.Hidden;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Style and script, all of it in the program. */
@Hidden
@RestController
public final class Assets {
  private static final Map<String, String> TYPES =
      Map.of(
          "serve.css", "text/css;charset=UTF-8",
          "serve.js", "text/javascript;charset=UTF-8",
          "chat.js", "text/javascript;charset=UTF-8");

  private final Pages pages;

  /** Those of {@code pages}. */
  public Assets(Pages pages) {
    this.pages = pages;
  }

  @GetMapping("/assets/report.css")
  ResponseEntity<String> style() {
    return ResponseEntity.ok()
        .contentType(MediaType.parseMediaType("text/css;charset=UTF-8"))
        .body(pages.reportStyle());
  }

  @GetMapping("/assets/{name}")
  ResponseEntity<String> asset(@PathVariable String name) {
    String type = TYPES.get(name);
    if (type == null) {
      throw Missing.of("such asset").get();
    }
    return ResponseEntity.ok().contentType(MediaType.parseMediaType(type)).body(text(name));
  }

  private static String text(String name) {
    try (InputStream in = Assets.class.getResourceAsStream("/dev/pipeline/serve/" + name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not in the program");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
