package dev.pipeline.release;

import java.util.Optional;

/**
 * Whoever serves a model besides the files themselves, such as an Ollama server, and asks it before
 * it does. Every call may be repeated; after a crash it is.
 */
public interface Serving {
  /** Nobody asks and nobody follows: the files alone are published. */
  Serving FILES_ALONE =
      new Serving() {
        @Override
        public Optional<String> tryOut(Release release) {
          return Optional.empty();
        }

        @Override
        public void serve(Release release, Optional<Release> former) {}

        @Override
        public void goBack(Release refused, Optional<Release> current, Optional<Release> former) {}
      };

  /**
   * Asks {@code release} before it serves.
   *
   * @return how it answered, in a sentence; empty where nobody asked
   * @throws dev.pipeline.io.Failure when it must not serve
   */
  Optional<String> tryOut(Release release);

  /**
   * Lets {@code release} be what is served.
   *
   * @param former what a rollback from it would mean
   */
  void serve(Release release, Optional<Release> former);

  /**
   * Undoes both, as {@code refused} did not come to serve.
   *
   * @param current what goes on serving; empty before the first release
   * @param former what a rollback from that would mean
   */
  void goBack(Release refused, Optional<Release> current, Optional<Release> former);
}
