package dev.pipeline.chat.jinja;

/** A function, method or macro. */
interface Callable {
  Object call(Scope scope, Arguments arguments);
}
