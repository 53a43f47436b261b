package dev.pipeline.chat.jinja;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Variables by name; what is set within a loop's body or a macro is gone after it. */
final class Scope {
  private final Work work;
  private final @Nullable Scope outer;
  private final Map<String, Object> variables = new HashMap<>();

  private Scope(Work work, @Nullable Scope outer) {
    this.work = work;
    this.outer = outer;
  }

  static Scope root(Work work) {
    return new Scope(work, null);
  }

  Scope inner() {
    return new Scope(work, this);
  }

  Work work() {
    return work;
  }

  void define(String name, Object value) {
    variables.put(name, value);
  }

  Object get(String name) {
    work.step();
    for (Scope scope = this; scope != null; scope = scope.outer) {
      Object value = scope.variables.get(name);
      if (value != null) {
        return value;
      }
    }
    return new Undefined(name);
  }
}
