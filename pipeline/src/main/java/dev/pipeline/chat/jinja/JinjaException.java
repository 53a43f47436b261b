package dev.pipeline.chat.jinja;

/** A template that is no template, that refuses its values, or that does too much. */
public final class JinjaException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says what is wrong, as the end of a sentence. */
  public JinjaException(String reason) {
    super(reason);
  }
}
