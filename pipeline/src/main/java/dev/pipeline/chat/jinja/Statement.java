package dev.pipeline.chat.jinja;

/** What writes or sets something. */
interface Statement {
  /** What comes after it. */
  enum Flow {
    NEXT,
    CONTINUE,
    BREAK
  }

  Flow run(Scope scope);
}
