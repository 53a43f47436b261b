package dev.pipeline.chat.jinja;

/**
 * What has a value: text, Long, Double, Boolean, List, Map, None, Undefined, or a thing to call.
 */
interface Expression {
  Object evaluate(Scope scope);
}
