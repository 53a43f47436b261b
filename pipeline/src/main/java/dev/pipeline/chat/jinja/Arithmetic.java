package dev.pipeline.chat.jinja;

import java.util.ArrayList;
import java.util.List;

/** Signs between two values. */
final class Arithmetic {
  private Arithmetic() {}

  static Object compute(String sign, Object left, Object right, Work work) {
    if (sign.equals("~")) {
      return joined(Values.text(left, work), Values.text(right, work), work);
    }
    if (sign.equals("+") && left instanceof String one && right instanceof String other) {
      return joined(one, other, work);
    }
    if (sign.equals("+") && left instanceof List<?> one && right instanceof List<?> other) {
      work.items(one.size() + (long) other.size());
      List<Object> both = new ArrayList<>(one);
      both.addAll(other);
      return both;
    }
    if (sign.equals("*") && left instanceof String text && Values.isWhole(right)) {
      return repeated(text, Values.requireWhole(right), work);
    }
    if (sign.equals("*") && right instanceof String text && Values.isWhole(left)) {
      return repeated(text, Values.requireWhole(left), work);
    }
    if (!Values.isNumber(left) || !Values.isNumber(right)) {
      throw new JinjaException(
          "it takes %s %s %s".formatted(Values.kind(left), sign, Values.kind(right)));
    }
    boolean whole = Values.isWhole(left) && Values.isWhole(right) && !sign.equals("/");
    try {
      return whole
          ? whole(sign, Values.requireWhole(left), Values.requireWhole(right))
          : real(sign, Values.number(left), Values.number(right));
    } catch (ArithmeticException e) {
      throw new JinjaException("it divides by zero or counts too far");
    }
  }

  private static String joined(String left, String right, Work work) {
    work.text(left.length() + (long) right.length());
    return left + right;
  }

  private static String repeated(String text, long times, Work work) {
    long count = Math.max(0, times);
    work.text(
        text.isEmpty()
            ? 0
            : Math.multiplyExact(Math.min(count, Integer.MAX_VALUE), (long) text.length()));
    return text.isEmpty() ? "" : text.repeat((int) count);
  }

  private static Object whole(String sign, long left, long right) {
    return switch (sign) {
      case "+" -> Math.addExact(left, right);
      case "-" -> Math.subtractExact(left, right);
      case "*" -> Math.multiplyExact(left, right);
      case "//" -> Math.floorDiv(left, right);
      case "%" -> Math.floorMod(left, right);
      default -> power(left, right);
    };
  }

  private static Object power(long base, long exponent) {
    double power = Math.pow((double) base, (double) exponent);
    if (exponent < 0) {
      return power;
    }
    if (Math.abs(power) > 1L << 53) {
      throw new ArithmeticException();
    }
    return (long) power;
  }

  private static double real(String sign, double left, double right) {
    if (right == 0 && (sign.equals("/") || sign.equals("//") || sign.equals("%"))) {
      throw new ArithmeticException();
    }
    return switch (sign) {
      case "+" -> left + right;
      case "-" -> left - right;
      case "*" -> left * right;
      case "/" -> left / right;
      case "//" -> Math.floor(left / right);
      case "%" -> left - Math.floor(left / right) * right;
      default -> Math.pow(left, right);
    };
  }
}
