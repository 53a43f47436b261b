package dev.pipeline.serve.chat;

import dev.pipeline.talk.Speaker;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The model while somebody talks with it: loaded with the first question, loaded anew when another
 * file serves, and gone when nobody asks. One thread uses it.
 */
final class ChatModelHolder implements AutoCloseable {
  private final Supplier<Speaker> load;
  private final Supplier<String> stamp;
  private @Nullable Speaker speaker;
  private String loaded = "";

  /**
   * A holder of what {@code load} loads.
   *
   * @param stamp is another when another model is to be loaded
   */
  ChatModelHolder(Supplier<Speaker> load, Supplier<String> stamp) {
    this.load = load;
    this.stamp = stamp;
  }

  Speaker get() {
    String now = stamp.get();
    Speaker current = speaker;
    if (current == null || !now.equals(loaded)) {
      close();
      current = load.get();
      speaker = current;
      loaded = now;
    }
    return current;
  }

  @Override
  public void close() {
    Speaker current = speaker;
    speaker = null;
    if (current != null) {
      current.close();
    }
  }
}
