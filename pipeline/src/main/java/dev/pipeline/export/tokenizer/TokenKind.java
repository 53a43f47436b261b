package dev.pipeline.export.tokenizer;

/** What a token is. */
enum TokenKind {
  NORMAL(1),
  UNKNOWN(2),
  CONTROL(3),
  USER_DEFINED(4),
  UNUSED(5),
  BYTE(6);

  private final int id;

  TokenKind(int id) {
    this.id = id;
  }

  /** What {@code tokenizer.ggml.token_type} calls it. */
  int id() {
    return id;
  }
}
