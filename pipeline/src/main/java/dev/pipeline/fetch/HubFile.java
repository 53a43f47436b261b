package dev.pipeline.fetch;

import java.util.List;
import java.util.Locale;

/**
 * A file that a hub lists.
 *
 * @param path below the repository, with slashes; checked by {@link SafePath}
 * @param size bytes
 * @param digest of the content
 */
public record HubFile(String path, long size, Digest digest) {
  private static final List<String> PICKLES = List.of(".bin", ".pt", ".pth", ".pkl", ".ckpt");

  /** Longer than any file is, and short enough that sums over a repository do not overflow. */
  private static final long LONGEST = 1L << 46;

  /** Refuses a length that no file has. */
  public HubFile {
    if (size < 0 || size > LONGEST) {
      throw new IllegalArgumentException("a length of " + size);
    }
  }

  boolean isSafetensors() {
    return hasSuffix(".safetensors");
  }

  boolean isGguf() {
    return hasSuffix(".gguf");
  }

  boolean isPickle() {
    return PICKLES.stream().anyMatch(this::hasSuffix);
  }

  /** Whether it holds weights, which are never text and never empty. */
  boolean isWeights() {
    return isSafetensors() || isGguf() || isPickle();
  }

  private boolean hasSuffix(String suffix) {
    return path.toLowerCase(Locale.ROOT).endsWith(suffix);
  }
}
