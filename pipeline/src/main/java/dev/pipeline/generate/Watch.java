package dev.pipeline.generate;

/** Follows what is written, token by token. */
@FunctionalInterface
public interface Watch {
  /** Lets everything be written. */
  Watch NOTHING = (prompt, token) -> true;

  /**
   * Hears of a token, a stop token included.
   *
   * @param prompt id of the prompt
   * @return whether the answer may go on
   */
  boolean goOn(String prompt, long token);
}
