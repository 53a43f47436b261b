package dev.pipeline.serve.page;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.HashMap;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** Renders the templates below {@code serve/}; everything is escaped where it stands. */
public final class Pages {
  static final MediaType HTML = MediaType.parseMediaType("text/html;charset=UTF-8");

  private static final String TEMPLATES = "dev.pipeline.generated.jte";

  private final TemplateEngine engine =
      TemplateEngine.createPrecompiled(
          null, ContentType.Html, Pages.class.getClassLoader(), TEMPLATES);
  private final String model;
  private final boolean guarded;
  private final String words;

  /**
   * The pages of {@code model}.
   *
   * @param guarded whether there is a token
   * @param words what a command takes to mean that model
   */
  public Pages(String model, boolean guarded, String words) {
    this.model = model;
    this.guarded = guarded;
    this.words = words;
  }

  /** The page {@code template} of the navigation's {@code active} one. */
  ResponseEntity<String> page(
      String template, String title, String active, Map<String, Object> parts) {
    return page(200, template, title, active, parts);
  }

  /** The same with another status. */
  ResponseEntity<String> page(
      int status, String template, String title, String active, Map<String, Object> parts) {
    Map<String, Object> all = new HashMap<>(parts);
    all.put("frame", new Frame(title, model, active, guarded, words));
    return html(status, part(template, all));
  }

  /** What to type to let {@code verb} work on this model. */
  String command(String verb) {
    return Frame.command(verb, words);
  }

  /** A piece of a page, or one without a frame. */
  String part(String template, Map<String, Object> parts) {
    StringOutput output = new StringOutput();
    engine.render("serve/" + template + ".jte", parts, output);
    return output.toString();
  }

  /** The looks that reports carry in themselves. */
  String reportStyle() {
    StringOutput output = new StringOutput();
    engine.render("style.jte", Map.of(), output);
    return output
        .toString()
        .replaceFirst("(?s)^\\s*<style>", "")
        .replaceFirst("(?s)</style>\\s*$", "");
  }

  static ResponseEntity<String> html(int status, String text) {
    return ResponseEntity.status(status).contentType(HTML).body(text);
  }
}
