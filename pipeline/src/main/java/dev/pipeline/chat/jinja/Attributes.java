package dev.pipeline.chat.jinja;

/** A thing with parts by name that are no items. */
interface Attributes {
  /** The part called {@code name}, or {@link Undefined}. */
  Object attribute(String name);
}
