package dev.pipeline.chat.jinja;

import java.util.Map;
import java.util.Optional;

/**
 * A part of a template that is called like a function and gives what it writes.
 *
 * @param home where it was defined
 * @param parameters names, and what they are when the call says nothing of them
 */
record Macro(Scope home, Map<String, Optional<Expression>> parameters, Statement body)
    implements Callable {
  @Override
  public Object call(Scope scope, Arguments arguments) {
    Scope inside = home.inner();
    scope.work().items(parameters.size());
    int place = 0;
    for (Map.Entry<String, Optional<Expression>> parameter : parameters.entrySet()) {
      String name = parameter.getKey();
      Object value =
          arguments.has(place, name)
              ? arguments.get(place, name)
              : parameter
                  .getValue()
                  .map(absent -> absent.evaluate(inside))
                  .orElse(new Undefined(name));
      inside.define(name, value);
      place++;
    }
    return scope.work().captured(() -> body.run(inside));
  }
}
