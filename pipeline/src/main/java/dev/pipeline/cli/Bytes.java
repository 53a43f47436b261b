package dev.pipeline.cli;

import java.util.Locale;

/** Lengths as people read them. */
final class Bytes {
  private static final double KILO = 1e3;
  private static final double MEGA = 1e6;
  private static final double GIGA = 1e9;

  private Bytes() {}

  /** Such as {@code 735 B}, {@code 4.2 MB} or {@code 29.32 GB}. */
  static String text(long bytes) {
    if (bytes >= GIGA) {
      return String.format(Locale.ROOT, "%.2f GB", bytes / GIGA);
    } else if (bytes >= MEGA) {
      return String.format(Locale.ROOT, "%.1f MB", bytes / MEGA);
    }
    return bytes >= KILO ? String.format(Locale.ROOT, "%.1f kB", bytes / KILO) : bytes + " B";
  }
}
