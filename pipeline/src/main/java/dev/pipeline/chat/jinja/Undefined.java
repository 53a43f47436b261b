package dev.pipeline.chat.jinja;

/** The value of a name that means nothing: false, empty, and of no other use. */
record Undefined(String name) {
  JinjaException used() {
    return new JinjaException("'" + name + "' is undefined");
  }
}
