package dev.pipeline.release.gotemplate;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What Go does with values: truth, printing, fields. Strings count in bytes of UTF-8. */
final class GoValues {
  /** What stands for the empty interface value. */
  static final Object NIL =
      new Object() {
        @Override
        public String toString() {
          return "<no value>";
        }
      };

  private GoValues() {}

  static Object orNil(@Nullable Object value) {
    return value == null ? NIL : value;
  }

  /** Whether {@code value} counts as true: it is not the zero value of its type. */
  static boolean isTrue(Object value) {
    if (value == NIL) {
      return false;
    } else if (value instanceof Boolean bool) {
      return bool;
    } else if (value instanceof Long number) {
      return number != 0;
    } else if (value instanceof Struct) {
      return true;
    }
    return length(value) > 0;
  }

  static int length(Object value) {
    if (value instanceof String text) {
      return bytes(text).length;
    } else if (value instanceof Collection<?> list) {
      return list.size();
    } else if (value instanceof Map<?, ?> map) {
      return map.size();
    }
    throw new GoTemplateException("len of " + type(value));
  }

  /** As {@code fmt.Print} writes it. */
  static String print(Object value) {
    if (value == NIL
        || value instanceof String
        || value instanceof Long
        || value instanceof Boolean) {
      return value.toString();
    }
    throw new GoTemplateException("printing " + type(value) + " is not known here");
  }

  /** A field of a struct, or an entry of a map. */
  static Object field(Object value, String name) {
    if (value instanceof Struct struct) {
      Object field = struct.fields().get(name);
      if (field == null) {
        throw new GoTemplateException("can't evaluate field " + name + " in type " + struct.name());
      }
      return field;
    } else if (value instanceof Map<?, ?> map) {
      return orNil(map.get(name));
    } else if (value == NIL) {
      throw new GoTemplateException("nil pointer evaluating ." + name);
    }
    throw new GoTemplateException("can't evaluate field " + name + " in " + type(value));
  }

  static Object index(Object value, Object key) {
    if (value instanceof Map<?, ?> map && key instanceof String) {
      return orNil(map.get(key));
    } else if (key instanceof Long at && value instanceof List<?> list) {
      return orNil(list.get(within(at, list.size() - 1)));
    } else if (key instanceof Long at && value instanceof String text) {
      byte[] bytes = bytes(text);
      return (long) Byte.toUnsignedInt(bytes[within(at, bytes.length - 1)]);
    }
    throw new GoTemplateException("cannot index " + type(value) + " with " + type(key));
  }

  static Object slice(Object value, List<Object> ends) {
    int length = length(value);
    int from = ends.isEmpty() ? 0 : within(ends.get(0), length);
    int to = ends.size() < 2 ? length : within(ends.get(1), length);
    if (from > to || ends.size() > 2 || value instanceof Map) {
      throw new GoTemplateException("invalid slice of " + type(value));
    }
    if (value instanceof String text) {
      return new String(bytes(text), from, to - from, StandardCharsets.UTF_8);
    }
    return List.copyOf(((List<?>) value).subList(from, to));
  }

  static String type(Object value) {
    return value == NIL
        ? "nil"
        : value instanceof Struct struct ? struct.name() : value.getClass().getSimpleName();
  }

  private static int within(Object at, int most) {
    if (at instanceof Long number && number >= 0 && number <= most) {
      return number.intValue();
    }
    throw new GoTemplateException("index out of range: " + at);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
