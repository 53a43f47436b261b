package dev.pipeline.export.llama;

import java.nio.file.Path;

/** The llama.cpp of the class path as a file, which may stand for one of the user's own. */
public final class ShippedLibrary {
  private ShippedLibrary() {}

  /** Its path. */
  public static Path file() {
    return NativeLibraryCache.userDefault().libraryFile();
  }
}
