package dev.pipeline.chat.jinja;

import java.util.Map;
import java.util.function.Supplier;

/**
 * A template that renders to what Jinja 3 renders it to as transformers sets that up: {@code
 * trim_blocks} and {@code lstrip_blocks} on, one last line break dropped, loop controls, no
 * autoescape.
 *
 * <p>A template came with a download, so it reaches nothing but the values it is given, and its
 * work, depth and output are bounded. It has no clock: {@code strftime_now} is undefined, so that
 * what a template writes does not depend on the day.
 *
 * @see <a href="https://jinja.palletsprojects.com/en/stable/templates/">Template Designer
 *     Documentation</a>
 */
public final class JinjaTemplate {
  /** The longest that models come with have a tenth of it. */
  private static final int LONGEST_SOURCE = 1 << 18;

  private final Statement body;

  private JinjaTemplate(Statement body) {
    this.body = body;
  }

  /**
   * Reads a template.
   *
   * @throws JinjaException when it is none, or uses what chat templates do not use
   */
  public static JinjaTemplate parse(String source) {
    if (source.length() > LONGEST_SOURCE) {
      throw new JinjaException("it is longer than " + LONGEST_SOURCE + " characters");
    }
    return bounded(() -> new JinjaTemplate(StatementParser.parse(TemplateLexer.segments(source))));
  }

  /**
   * What it writes.
   *
   * @param values text, numbers (Long, Double), truth values, lists and maps of such, by name
   * @throws JinjaException when the template refuses the values or does too much
   */
  public String render(Map<String, Object> values) {
    Work work = new Work();
    Scope scope = Scope.root(work);
    GlobalFunctions.ALL.forEach(scope::define);
    values.forEach(scope::define);
    return bounded(
        () -> {
          body.run(scope);
          return work.output();
        });
  }

  /** Values may nest as deep as a template has steps. */
  private static <T> T bounded(Supplier<T> work) {
    try {
      return work.get();
    } catch (StackOverflowError e) {
      throw new JinjaException("it nests too deep");
    }
  }
}
