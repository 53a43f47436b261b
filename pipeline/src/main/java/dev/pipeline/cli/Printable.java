package dev.pipeline.cli;

import dev.pipeline.io.Invisible;

/** Text of models, files and people on a terminal, which it must not steer. */
final class Printable {
  private Printable() {}

  /**
   * {@code text} with what steers terminals spelt out, line feeds and tabs aside. JSON stays the
   * same JSON, as it spells such characters alike.
   */
  static String of(String text) {
    return spelt(text, "\n\t");
  }

  /** The same for what must stay on its line. */
  static String line(String text) {
    return spelt(text, "");
  }

  /** Prints {@link #of} on the standard output. */
  static void print(String text) {
    System.out.print(of(text));
  }

  /** Prints {@link #of} on the standard output, and ends the line. */
  static void println(String text) {
    System.out.println(of(text));
  }

  private static String spelt(String text, String harmless) {
    StringBuilder printable = new StringBuilder();
    text.codePoints()
        .forEach(
            point -> {
              if (Invisible.steers(point) && harmless.indexOf(point) < 0) {
                printable.append("\\u%04x".formatted(point));
              } else {
                printable.appendCodePoint(point);
              }
            });
    return printable.toString();
  }
}
