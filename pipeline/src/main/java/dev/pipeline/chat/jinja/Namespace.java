package dev.pipeline.chat.jinja;

import java.util.HashMap;
import java.util.Map;

/** Variables that outlive the loop in which they are set. */
record Namespace(Map<String, Object> values) implements Attributes {
  Namespace {
    values = new HashMap<>(values);
  }

  void set(String name, Object value) {
    values.put(name, value);
  }

  @Override
  public Object attribute(String name) {
    Object value = values.get(name);
    return value == null ? new Undefined(name) : value;
  }
}
