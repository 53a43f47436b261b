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
    long stride = bound(step, scope, 1);
    if (stride == 0) {
      throw new JinjaException("a slice steps by 0");
    }
    List<Object> items = plainText(value, stride) ? List.of() : Values.items(value, scope.work());
    int size = plainText(value, stride) ? (int) Values.length(value, scope.work()) : items.size();
    long start = place(bound(from, scope, stride > 0 ? 0 : Long.MAX_VALUE), size, stride);
    long end =
        to == null && stride < 0 ? -1 : place(bound(to, scope, Long.MAX_VALUE), size, stride);
    if (plainText(value, stride)) {
      return cut((String) value, (int) start, (int) Math.max(start, end), scope.work());
    }
    // A step beyond the list's length is as good as any other, and never overflows.
    long paced = Math.max(-size - 1L, Math.min(size + 1L, stride));
    List<Object> slice = new ArrayList<>();
    for (long i = start; stride > 0 ? i < end : i > end; i += paced) {
      slice.add(items.get((int) i));
    }
    scope.work().items(slice.size());
    return value instanceof String
        ? String.join("", slice.stream().map(Values::requireText).toList())
        : slice;
  }

  /** A text may be longer than a list. */
  private static boolean plainText(Object value, long stride) {
    return value instanceof String && stride == 1;
  }

  private static String cut(String text, int start, int end, Work work) {
    work.text(text.length());
    int from = text.offsetByCodePoints(0, start);
    return text.substring(from, text.offsetByCodePoints(from, end - start));
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
