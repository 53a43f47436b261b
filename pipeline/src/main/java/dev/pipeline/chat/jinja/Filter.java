package dev.pipeline.chat.jinja;

/** What stands after a {@code |}. */
interface Filter {
  Object apply(Scope scope, Object value, Arguments arguments);
}
