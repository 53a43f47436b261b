package dev.pipeline.release.gotemplate;

import dev.pipeline.release.gotemplate.Expression.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A template of Go's {@code text/template}: text, fields, variables, pipelines, {@code if}, {@code
 * with}, {@code range} and the comparing functions, with Ollama's {@code json}.
 *
 * @see <a href="https://pkg.go.dev/text/template">text/template</a>
 */
public final class GoTemplate {
  private final List<Node> nodes;

  private GoTemplate(List<Node> nodes) {
    this.nodes = List.copyOf(nodes);
  }

  /**
   * Reads {@code source}.
   *
   * @throws GoTemplateException when it is no template, or uses what is not known here
   */
  public static GoTemplate parse(String source) {
    return new GoTemplate(Parser.parse(source));
  }

  /**
   * Renders with {@code data}: strings, longs, booleans, lists, maps and {@link Struct}s.
   *
   * @throws GoTemplateException when Go would stop with an error
   */
  public String execute(Map<String, Object> data) {
    return Executor.run(nodes, data);
  }

  /** Whether a field or variable of that name stands anywhere in it. */
  public boolean mentions(String field) {
    return Mentions.in(nodes, field);
  }

  /** The same up to and with the first mention of {@code field}; what follows is left out. */
  public GoTemplate upTo(String field) {
    List<Node> kept = new ArrayList<>();
    Mentions.keepUpTo(nodes, field, kept);
    return new GoTemplate(kept);
  }
}
