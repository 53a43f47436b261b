package dev.pipeline.serve.chat;

/** As many wait for the model as may; carries the seconds after which it is worth asking again. */
final class FullQueue extends RuntimeException {
  private final long retryAfter;

  FullQueue(int waiting, long retryAfter) {
    super(waiting + " questions wait for the model already");
    this.retryAfter = retryAfter;
  }

  long retryAfter() {
    return retryAfter;
  }
}
