package dev.pipeline.talk;

/**
 * What a model answered.
 *
 * @param answer its text, without tags of the template
 * @param promptTokens tokens of the conversation
 * @param tokens of the answer, without the one that ended it
 * @param stoppedBy why it ended
 * @param timings how long it took
 */
public record Reply(
    String answer, int promptTokens, int tokens, StoppedBy stoppedBy, Timings timings) {
  /**
   * How long an answer took.
   *
   * @param firstTokenSeconds from the question to the first token
   * @param seconds from the question to the end
   * @param readTokens tokens of the conversation that had to be read; the others were remembered
   * @param promptTokensPerSecond speed of reading, 0 where nobody knows
   * @param tokensPerSecond speed of writing after the first token, 0 where there was only one
   */
  public record Timings(
      double firstTokenSeconds,
      double seconds,
      int readTokens,
      double promptTokensPerSecond,
      double tokensPerSecond) {
    private static final double NANOS = 1e9;

    /**
     * Speeds of an answer.
     *
     * @param read tokens of the conversation that had to be read
     * @param written tokens that were sampled, the one that ended the answer included
     * @param first nanoseconds to the first token, {@code end} to the last
     */
    static Timings of(int read, int written, long first, long end) {
      return new Timings(
          first / NANOS, end / NANOS, read, rate(read, first), rate(written - 1, end - first));
    }

    private static double rate(int tokens, long nanos) {
      return tokens <= 0 || nanos <= 0 ? 0 : tokens * NANOS / nanos;
    }
  }
}
