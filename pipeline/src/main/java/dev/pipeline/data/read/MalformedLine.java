package dev.pipeline.data.read;

/** Why a line is not what it should be; readers catch it and reject the line. */
public final class MalformedLine extends RuntimeException {
  /** A line that is wrong for {@code reason}, which names the key. */
  public MalformedLine(String reason) {
    super(reason);
  }

  /** What is wrong; never null, unlike {@link Throwable#getMessage()}. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
