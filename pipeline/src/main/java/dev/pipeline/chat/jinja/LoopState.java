package dev.pipeline.chat.jinja;

import java.util.List;

/**
 * What a loop's body calls {@code loop}.
 *
 * @param items all that it goes through
 * @param index place of the current one, from 0
 */
record LoopState(List<Object> items, int index) implements Attributes {
  @Override
  public Object attribute(String name) {
    int left = items.size() - index;
    return switch (name) {
      case "index" -> index + 1L;
      case "index0" -> (long) index;
      case "revindex" -> (long) left;
      case "revindex0" -> left - 1L;
      case "first" -> index == 0;
      case "last" -> left == 1;
      case "length" -> (long) items.size();
      case "previtem" -> index > 0 ? items.get(index - 1) : new Undefined(name);
      case "nextitem" -> left > 1 ? items.get(index + 1) : new Undefined(name);
      case "cycle" -> (Callable) (scope, with) -> cycled(with);
      default -> new Undefined(name);
    };
  }

  private Object cycled(Arguments with) {
    if (with.places().isEmpty()) {
      throw new JinjaException("loop.cycle has nothing to go through");
    }
    return with.places().get(index % with.places().size());
  }
}
