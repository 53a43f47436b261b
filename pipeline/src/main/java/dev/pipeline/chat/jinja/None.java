package dev.pipeline.chat.jinja;

/** Python's None. */
enum None {
  NONE
}
