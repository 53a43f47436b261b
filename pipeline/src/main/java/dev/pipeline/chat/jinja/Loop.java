package dev.pipeline.chat.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code for names in items if condition}, and what is done when there are no items. */
record Loop(
    List<String> names,
    Expression items,
    Optional<Expression> condition,
    Statement each,
    Statement none)
    implements Statement {
  @Override
  public Flow run(Scope scope) {
    List<Object> chosen = chosen(scope);
    if (chosen.isEmpty()) {
      return none.run(scope);
    }
    for (int i = 0; i < chosen.size(); i++) {
      Scope inside = scope.inner();
      scope.work().step();
      assign(inside, names, chosen.get(i));
      inside.define("loop", new LoopState(chosen, i));
      if (each.run(inside) == Flow.BREAK) {
        break;
      }
    }
    return Flow.NEXT;
  }

  private List<Object> chosen(Scope scope) {
    List<Object> all = Values.items(items.evaluate(scope), scope.work());
    if (condition.isEmpty()) {
      return all;
    }
    List<Object> chosen = new ArrayList<>();
    for (Object item : all) {
      Scope inside = scope.inner();
      scope.work().step();
      assign(inside, names, item);
      if (Values.isTrue(condition.get().evaluate(inside))) {
        chosen.add(item);
      }
    }
    return chosen;
  }

  /** Gives one name the value, several names an item of it each. */
  static void assign(Scope scope, List<String> names, Object value) {
    if (names.size() == 1) {
      scope.define(names.get(0), value);
      return;
    }
    List<Object> parts = Values.items(value, scope.work());
    if (parts.size() != names.size()) {
      throw new JinjaException("it gives %d names %d values".formatted(names.size(), parts.size()));
    }
    for (int i = 0; i < parts.size(); i++) {
      scope.define(names.get(i), parts.get(i));
    }
  }
}
