package dev.pipeline.generate;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A prompt that is being continued. */
final class Row {
  private final Prompt prompt;
  private final Sampler sampler;
  private final Stops stops;
  private final int maxNewTokens;
  private final Watch watch;
  private final List<Long> written = new ArrayList<>();
  private @Nullable Ended ended;

  Row(Prompt prompt, Sampling sampling, Stops stops, int maxNewTokens, Watch watch) {
    this.prompt = prompt;
    this.sampler = new Sampler(sampling, prompt);
    this.stops = stops;
    this.maxNewTokens = maxNewTokens;
    this.watch = watch;
  }

  long[] promptTokens() {
    return prompt.tokens().stream().mapToLong(Long::longValue).toArray();
  }

  /** The token that was written last. */
  long last() {
    return written.get(written.size() - 1);
  }

  /** Writes the token that {@code logits [V]} make the sampler choose. */
  void choose(float[] logits) {
    written.add((long) sampler.next(logits));
    boolean wanted = watch.goOn(prompt.id(), last());
    if (stops.end(written)) {
      ended = Ended.STOP;
    } else if (written.size() == maxNewTokens) {
      ended = Ended.LENGTH;
    } else if (!wanted) {
      ended = Ended.WATCH;
    }
  }

  boolean isDone() {
    return ended != null;
  }

  Continuation continuation() {
    if (ended == null) {
      throw new IllegalStateException("prompt " + prompt.id() + " is not done");
    }
    return new Continuation(prompt.id(), written, ended);
  }
}
