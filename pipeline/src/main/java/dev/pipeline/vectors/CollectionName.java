package dev.pipeline.vectors;

import dev.pipeline.io.Failure;
import java.util.regex.Pattern;

/** Names of collections, which become folders, and parts of addresses. */
public final class CollectionName {
  private static final Pattern PLAIN = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

  private CollectionName() {}

  /** Refuses what is no plain name. */
  public static void require(String name) {
    if (!PLAIN.matcher(name).matches() || name.contains("..")) {
      throw Failure.usage(
          "'" + name.replaceAll("\\p{Cntrl}", "?") + "' is no name of a collection",
          "use lower-case letters, digits, '-', '_' and '.', at most 64, such as handbook");
    }
  }
}
