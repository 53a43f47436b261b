package dev.pipeline.generate;

import dev.pipeline.io.Progress;
import java.util.Locale;

/** Says how far generation is, how fast it goes and how long it will take at most. */
final class Pace {
  private static final double NANOS = 1e9;

  private final int prompts;
  private final int maxNewTokens;
  private final Progress progress;
  private final long start = System.nanoTime();
  private long written;

  Pace(int prompts, int maxNewTokens, Progress progress) {
    this.prompts = prompts;
    this.maxNewTokens = maxNewTokens;
    this.progress = progress;
  }

  /**
   * Reports.
   *
   * @param done prompts that are done
   * @param fresh tokens written since the last report
   */
  void at(int done, int fresh) {
    written += fresh;
    double rate = written / ((System.nanoTime() - start) / NANOS);
    // Answers to come are taken to be as long as those so far, at first as long as may be.
    double mean = done == 0 ? maxNewTokens : Math.min(maxNewTokens, (double) written / done);
    long left = (long) Math.max(0, (prompts * mean - written) / rate);
    progress.at(
        done, prompts, String.format(Locale.ROOT, "%.0f tokens/s, about %d s left", rate, left));
  }
}
