package dev.pipeline.chat.jinja;

import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Compares two values of any depth, which may hold the same lists many times over. */
record Equality(Work work) {
  boolean equal(Object left, Object right) {
    work.step();
    if (Values.isNumber(left) && Values.isNumber(right)) {
      return Double.compare(Values.number(left), Values.number(right)) == 0;
    }
    if (left instanceof Undefined || right instanceof Undefined) {
      return left instanceof Undefined && right instanceof Undefined;
    }
    if (left instanceof List<?> one && right instanceof List<?> other) {
      return one.size() == other.size() && allEqual(one.iterator(), other.iterator());
    }
    if (left instanceof Map<?, ?> one && right instanceof Map<?, ?> other) {
      return one.keySet().equals(other.keySet())
          && one.keySet().stream().allMatch(key -> equal(item(one, key), item(other, key)));
    }
    if (left instanceof String one && right instanceof String other) {
      work.passes(Math.min(one.length(), other.length()));
      return one.equals(other);
    }
    return left == right;
  }

  private static Object item(Map<?, ?> map, Object key) {
    Object item = map.get(key);
    return item == null ? None.NONE : item;
  }

  private boolean allEqual(Iterator<?> left, Iterator<?> right) {
    while (left.hasNext()) {
      if (!equal(left.next(), right.next())) {
        return false;
      }
    }
    return true;
  }
}
