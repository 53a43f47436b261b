package dev.pipeline.chat.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What Python makes of values: truth, text, order, items. */
final class Values {
  private Values() {}

  static boolean isTrue(Object value) {
    if (value instanceof Boolean truth) {
      return truth;
    }
    if (value instanceof String text) {
      return !text.isEmpty();
    }
    if (value instanceof Number number) {
      return number.doubleValue() != 0;
    }
    if (value instanceof List<?> list) {
      return !list.isEmpty();
    }
    return value instanceof Map<?, ?> map
        ? !map.isEmpty()
        : value != None.NONE && !(value instanceof Undefined);
  }

  /** What is written for it. */
  static String text(Object value, Work work) {
    return value instanceof Undefined
        ? ""
        : value instanceof String text ? text : Literals.python(value, work);
  }

  /** Numbers and truth values are equal when they are worth the same. */
  static boolean equal(Object left, Object right, Work work) {
    return new Equality(work).equal(left, right);
  }

  static int compare(Object left, Object right, Work work) {
    work.step();
    if (isNumber(left) && isNumber(right)) {
      return Double.compare(number(left), number(right));
    }
    if (left instanceof String one && right instanceof String other) {
      work.passes(one.length() + (long) other.length());
      return comparePoints(one, other);
    }
    if (left instanceof List<?> one && right instanceof List<?> other) {
      for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
        if (!equal(one.get(i), other.get(i), work)) {
          return compare(one.get(i), other.get(i), work);
        }
      }
      return Integer.compare(one.size(), other.size());
    }
    throw new JinjaException("it compares " + kind(left) + " with " + kind(right));
  }

  private static int comparePoints(String left, String right) {
    return java.util.Arrays.compare(left.codePoints().toArray(), right.codePoints().toArray());
  }

  static boolean contains(Object container, Object item, Work work) {
    if (container instanceof String text) {
      work.search(text, requireText(item));
      return text.contains(requireText(item));
    }
    if (container instanceof Map<?, ?> map) {
      return isKey(item, work) && map.containsKey(item);
    }
    return items(container, work).stream().anyMatch(other -> equal(other, item, work));
  }

  /** The letters of a text, the items of a list, the keys of a map; none of what is undefined. */
  static List<Object> items(Object value, Work work) {
    if (value instanceof List<?> list) {
      work.items(list.size());
      return new ArrayList<>(list);
    }
    if (value instanceof Map<?, ?> map) {
      work.items(map.size());
      return new ArrayList<>(map.keySet());
    }
    if (value instanceof String text) {
      work.items(text.length());
      return new ArrayList<>(text.codePoints().mapToObj(Character::toString).toList());
    }
    if (value instanceof Undefined) {
      return new ArrayList<>();
    }
    throw new JinjaException("it takes the items of " + kind(value));
  }

  static long length(Object value, Work work) {
    if (value instanceof String text) {
      work.passes(text.length());
      return text.codePointCount(0, text.length());
    }
    if (value instanceof List<?> list) {
      return list.size();
    }
    if (value instanceof Map<?, ?> map) {
      return map.size();
    }
    if (value instanceof Undefined) {
      return 0;
    }
    throw new JinjaException("it takes the length of " + kind(value));
  }

  /** Whether it can be a map's key: what holds other values cannot. */
  static boolean isKey(Object value, Work work) {
    if (value instanceof String text) {
      work.passes(text.length());
    }
    return value instanceof String || isNumber(value) || value == None.NONE;
  }

  static Object requireKey(Object value, Work work) {
    if (!isKey(value, work)) {
      throw new JinjaException("it takes " + kind(value) + " for a key");
    }
    return value;
  }

  static boolean isNumber(Object value) {
    return value instanceof Number || value instanceof Boolean;
  }

  static boolean isWhole(Object value) {
    return value instanceof Long || value instanceof Boolean;
  }

  static double number(Object value) {
    if (value instanceof Boolean truth) {
      return truth ? 1 : 0;
    }
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    throw new JinjaException("it counts with " + kind(value));
  }

  static long requireWhole(Object value) {
    if (isWhole(value)) {
      return value instanceof Long whole ? whole : (long) number(value);
    }
    throw new JinjaException("it takes " + kind(value) + " for a whole number");
  }

  static Long whole(String digits) {
    try {
      return Long.valueOf(digits);
    } catch (NumberFormatException e) {
      throw new JinjaException("the number " + digits + " is too large");
    }
  }

  static String requireText(Object value) {
    if (value instanceof String text) {
      return text;
    }
    throw new JinjaException("it takes " + kind(value) + " for a text");
  }

  /** What messages call it. */
  static String kind(Object value) {
    if (value instanceof Undefined undefined) {
      return "'" + undefined.name() + "', which is undefined,";
    }
    return value instanceof String
        ? "a text"
        : isNumber(value)
            ? "a number"
            : value instanceof List
                ? "a list"
                : value instanceof Map ? "a map" : value == None.NONE ? "none" : "a function";
  }
}
