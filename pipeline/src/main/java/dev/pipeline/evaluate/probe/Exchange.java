package dev.pipeline.evaluate.probe;

/**
 * An answer with what was said before it.
 *
 * @param given all that the model was told by the other side: context and message
 * @param answer what it wrote
 */
public record Exchange(String given, String answer) {
  /** The answer alone: nothing in it is excused by what was said before. */
  public static Exchange alone(String answer) {
    return new Exchange("", answer);
  }
}
