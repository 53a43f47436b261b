package dev.pipeline.export.llama;

/**
 * How fast a model is in llama.cpp on this machine, the fastest of {@value #REPEATS} times: what
 * else runs here only ever slows it.
 *
 * @param prompt tokens a second that it reads
 * @param generation tokens a second that it writes
 */
public record ModelSpeed(double prompt, double generation) {
  private static final int REPEATS = 3;
  private static final double NANOS = 1e9;

  static ModelSpeed of(LoadedModel model, int[] prompt, int generated) {
    double read = 0;
    double written = 0;
    for (int repeat = 0; repeat < REPEATS; repeat++) {
      long start = System.nanoTime();
      model.logitsAfter(prompt);
      long middle = System.nanoTime();
      for (int i = 0; i < generated; i++) {
        // Which token it is changes nothing of the time.
        model.append(prompt[i % prompt.length], prompt.length + i);
      }
      long end = System.nanoTime();
      read = Math.max(read, prompt.length * NANOS / (middle - start));
      written = Math.max(written, generated * NANOS / (end - middle));
    }
    return new ModelSpeed(read, written);
  }
}
