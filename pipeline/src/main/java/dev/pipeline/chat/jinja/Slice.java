package dev.pipeline.chat.jinja;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code object[from:to:step]} of a text, whose items are code points, or of a list. */
record Slice(
    Expression object,
    @Nullable Expression from,
    @Nullable Expression to,
    @Nullable Expression step)
    implements Expression {
  @Override
  public Object evaluate(Scope scope) {
    Object value = object.evaluate(scope);
    List<Object> items = Values.items(value, scope.work());
    long stride = bound(step, scope, 1);
    if (stride == 0) {
      throw new JinjaException("a slice steps by 0");
    }
    int size = items.size();
    long start = place(bound(from, scope, stride > 0 ? 0 : Long.MAX_VALUE), size, stride);
    long end =
        to == null && stride < 0 ? -1 : place(bound(to, scope, Long.MAX_VALUE), size, stride);
    List<Object> slice = new ArrayList<>();
    for (long i = start; stride > 0 ? i < end : i > end; i += stride) {
      slice.add(items.get((int) i));
    }
    scope.work().items(slice.size());
    return value instanceof String
        ? String.join("", slice.stream().map(Values::text).toList())
        : slice;
  }

  private static long bound(@Nullable Expression bound, Scope scope, long absent) {
    Object value = bound == null ? None.NONE : bound.evaluate(scope);
    return value == None.NONE ? absent : Values.requireWhole(value);
  }

  private static long place(long bound, int size, long stride) {
    long place = bound < 0 ? Math.max(bound + size, stride > 0 ? 0 : -1) : bound;
    return Math.min(place, stride > 0 ? size : size - 1L);
  }
}
