package dev.pipeline.evaluate.report;

import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;

/** The drawing area every chart shares, in SVG user units. */
public final class Canvas {
  /** Width of the picture. */
  public static final int WIDTH = 480;

  /** Height of the picture. */
  public static final int HEIGHT = 270;

  /** Left end of the horizontal axis. */
  public static final int LEFT = 60;

  /** Right end of the horizontal axis. */
  public static final int RIGHT = WIDTH - 14;

  /** Upper end of the vertical axis. */
  public static final int TOP = 14;

  /** Lower end of the vertical axis. */
  public static final int BOTTOM = HEIGHT - 50;

  private Canvas() {}

  static double x(Axis axis, double value) {
    return LEFT + axis.fraction(value) * (RIGHT - LEFT);
  }

  static double y(Axis axis, double value) {
    return BOTTOM - axis.fraction(value) * (BOTTOM - TOP);
  }

  /** A coordinate with two decimals: finer than a screen, and the same everywhere. */
  static String text(double coordinate) {
    return String.format(Locale.ROOT, "%.2f", coordinate);
  }

  static List<Tick> horizontalTicks(Axis axis, DoubleFunction<String> label) {
    return axis.ticks().stream()
        .map(value -> new Tick(text(x(axis, value)), label.apply(value)))
        .toList();
  }

  static List<Tick> verticalTicks(Axis axis) {
    return axis.ticks().stream()
        .map(value -> new Tick(text(y(axis, value)), axis.label(value)))
        .toList();
  }
}
