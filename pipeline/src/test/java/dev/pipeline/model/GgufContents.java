package dev.pipeline.model;

import dev.pipeline.weights.gguf.GgufFile;

/** Lets tests of other packages rebuild a folder's files without writing them. */
public final class GgufContents {
  private GgufContents() {}

  /** Config and tokenizer of {@code file}. */
  public static void rebuild(GgufFile file) {
    GgufFolder.contents(file);
  }
}
