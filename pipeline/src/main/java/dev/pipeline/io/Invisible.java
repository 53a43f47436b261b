package dev.pipeline.io;

/** Characters that show nothing and change how a terminal shows the rest. */
public final class Invisible {
  private Invisible() {}

  /**
   * Whether {@code point} is a control character, line breaks among them, ends a line, or turns the
   * direction of writing (Unicode Standard Annex 9, explicit formatting characters).
   */
  public static boolean steers(int point) {
    return Character.isISOControl(point)
        || point == 0x2028
        || point == 0x2029
        || (point >= 0x202A && point <= 0x202E)
        || (point >= 0x2066 && point <= 0x2069);
  }
}
