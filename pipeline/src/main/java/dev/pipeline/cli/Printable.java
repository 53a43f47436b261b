package dev.pipeline.cli;

/** Text of models and files on a terminal, which it must not steer. */
final class Printable {
  private Printable() {}

  /** {@code text} with control characters, line feeds and tabs aside, spelt out. */
  static String of(String text) {
    StringBuilder printable = new StringBuilder();
    text.codePoints()
        .forEach(
            point -> {
              if (Character.isISOControl(point) && point != '\n' && point != '\t') {
                printable.append("\\u%04x".formatted(point));
              } else {
                printable.appendCodePoint(point);
              }
            });
    return printable.toString();
  }
}
