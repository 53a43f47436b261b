package dev.pipeline.chat.jinja;

/** A template that is no template, that refuses its values, or that does too much. */
public final class JinjaException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A template may hand over any text as its reason. */
  private static final int LONGEST = 1000;

  /** Says what is wrong, as the end of a sentence. */
  public JinjaException(String reason) {
    super(reason.length() > LONGEST ? reason.substring(0, LONGEST) + "..." : reason);
  }
}
