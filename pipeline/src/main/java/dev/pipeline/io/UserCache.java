package dev.pipeline.io;

import java.nio.file.Path;

/** Where files are kept that can be made again. */
public final class UserCache {
  private UserCache() {}

  /** {@code $XDG_CACHE_HOME/pipeline} or {@code ~/.cache/pipeline}. */
  public static Path folder() {
    String cache = System.getenv("XDG_CACHE_HOME");
    Path base =
        cache == null || cache.isBlank()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(cache);
    return base.resolve("pipeline");
  }
}
