package dev.pipeline.export.llama;

import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.Hashes;
import dev.pipeline.io.UserCache;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;

/**
 * Unpacks llama.cpp from its jar into a folder that outlives the process, under its own digest.
 *
 * @param folder where unpacked libraries are kept
 */
record NativeLibraryCache(Path folder) {
  private static final String NAME = "libjllama.so";

  /** The user's cache. */
  static NativeLibraryCache userDefault() {
    return new NativeLibraryCache(UserCache.folder());
  }

  /** The unpacked library, whole and equal to the one in the jar. */
  Path libraryFile() {
    byte[] library = fromJar();
    String digest = Hashes.hex(Hashes.sha256().digest(library));
    Path file = folder.resolve("llama-" + digest.substring(0, 16)).resolve(NAME);
    if (!Files.isRegularFile(file) || !Hashes.sha256(file).equals(digest)) {
      unpack(library, file);
    }
    return file;
  }

  /** Each process writes its own temporary file: several may start at once. */
  private static void unpack(byte[] library, Path file) {
    try {
      Path parent = Files.createDirectories(file.resolveSibling(""));
      Path temporary = Files.createTempFile(parent, NAME, AtomicFiles.PARTIAL);
      try {
        Files.write(temporary, library);
        Files.move(
            temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      throw AtomicFiles.cannotWrite(file, e);
    }
  }

  private static byte[] fromJar() {
    String machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    String resource =
        "/de/kherud/llama/Linux/%s/%s"
            .formatted(machine.equals("amd64") ? "x86_64" : machine, NAME);
    try (InputStream in = NativeLibraryCache.class.getResourceAsStream(resource)) {
      if (in == null || !System.getProperty("os.name").equals("Linux")) {
        throw LlamaNative.cannotLoad("there is no " + NAME + " for this system, " + machine);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw LlamaNative.cannotLoad("cannot read " + resource + " from its jar: " + e.getMessage());
    }
  }
}
