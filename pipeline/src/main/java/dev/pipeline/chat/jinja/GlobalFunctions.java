package dev.pipeline.chat.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What every chat template may call. */
final class GlobalFunctions {
  static final Map<String, Callable> ALL =
      Map.of(
          "raise_exception",
              (scope, with) -> refuse(Values.text(with.get(0, "message", ""), scope.work())),
          "namespace", (scope, with) -> new Namespace(with.names()),
          "dict", (scope, with) -> new LinkedHashMap<Object, Object>(with.names()),
          "range", GlobalFunctions::range);

  private GlobalFunctions() {}

  private static Object refuse(String reason) {
    throw new JinjaException(reason);
  }

  private static Object range(Scope scope, Arguments with) {
    boolean one = with.places().size() == 1;
    long start = one ? 0 : with.whole(0, "start", 0);
    long end = with.whole(one ? 0 : 1, "stop", 0);
    long step = with.whole(2, "step", 1);
    if (step == 0) {
      throw new JinjaException("a range steps by 0");
    }
    List<Object> numbers = new ArrayList<>();
    for (long i = start; step > 0 ? i < end : i > end; i += step) {
      numbers.add(i);
      scope.work().step();
    }
    return numbers;
  }
}
