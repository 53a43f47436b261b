package dev.pipeline.export.llama;

import com.sun.jna.NativeLibrary;

/** Libraries that must come with the operating system. */
public final class SystemLibrary {
  private SystemLibrary() {}

  /** Whether the dynamic linker finds {@code name}, such as {@code libgomp.so.1}. */
  public static boolean loads(String name) {
    try (NativeLibrary library = NativeLibrary.getInstance(name)) {
      return library != null;
    } catch (UnsatisfiedLinkError absent) {
      return false;
    }
  }
}
