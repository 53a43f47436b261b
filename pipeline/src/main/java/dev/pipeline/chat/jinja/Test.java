package dev.pipeline.chat.jinja;

/** What stands after {@code is}. */
interface Test {
  boolean holds(Object value, Arguments arguments, Work work);
}
