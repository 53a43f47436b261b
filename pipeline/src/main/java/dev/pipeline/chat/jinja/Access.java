package dev.pipeline.chat.jinja;

import java.util.List;
import java.util.Map;

/** What stands after a point or in square brackets. */
final class Access {
  private Access() {}

  /** {@code object.name}: a method, before an item of that name. */
  static Object attribute(Object object, String name, Work work) {
    work.step();
    if (object instanceof Undefined undefined) {
      throw undefined.used();
    }
    if (object instanceof Attributes attributes) {
      return attributes.attribute(name);
    }
    Callable method = Methods.of(object, name);
    return method == null ? plainItem(object, name, work) : method;
  }

  /** {@code object[key]}: an item, before a method of that name. */
  static Object item(Object object, Object key, Work work) {
    work.step();
    if (object instanceof Undefined undefined) {
      throw undefined.used();
    }
    Object item = plainItem(object, key, work);
    if (item instanceof Undefined && key instanceof String name) {
      return object instanceof Attributes attributes
          ? attributes.attribute(name)
          : method(object, name);
    }
    return item;
  }

  /** As filters name parts: {@code "function.name"}. */
  static Object path(Object object, Object path, Work work) {
    Object value = object;
    if (path instanceof Long) {
      return item(value, path, work);
    }
    work.text(Values.requireText(path).length());
    for (String name : Values.requireText(path).split("\\.", -1)) {
      value =
          value instanceof Undefined
              ? value
              : item(value, name.matches("\\d{1,9}") ? Long.valueOf(name) : name, work);
    }
    return value;
  }

  private static Object method(Object object, String name) {
    Callable method = Methods.of(object, name);
    return method == null ? new Undefined(name) : method;
  }

  private static Object plainItem(Object object, Object key, Work work) {
    Object item = null;
    if (object instanceof Map<?, ?> map) {
      item = Values.isKey(key, work) ? map.get(key) : null;
    } else if (object instanceof List<?> list && Values.isWhole(key)) {
      item = at(list, Values.requireWhole(key));
    } else if (object instanceof String text && Values.isWhole(key)) {
      work.passes(text.length());
      item = letter(text, Values.requireWhole(key));
    }
    return item == null ? new Undefined(Values.text(key, work)) : item;
  }

  private static @org.jspecify.annotations.Nullable Object at(List<?> list, long place) {
    long index = place < 0 ? place + list.size() : place;
    return index < 0 || index >= list.size() ? null : list.get((int) index);
  }

  private static @org.jspecify.annotations.Nullable Object letter(String text, long place) {
    int count = text.codePointCount(0, text.length());
    long index = place < 0 ? place + count : place;
    return index < 0 || index >= count
        ? null
        : Character.toString(text.codePointAt(text.offsetByCodePoints(0, (int) index)));
  }
}
