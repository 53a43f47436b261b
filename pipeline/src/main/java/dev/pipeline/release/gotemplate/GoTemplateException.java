package dev.pipeline.release.gotemplate;

/** A template that Go would refuse, or that uses what is not known here. */
public final class GoTemplateException extends RuntimeException {
  /** Says what, in a sentence. */
  public GoTemplateException(String message) {
    super(message);
  }
}
