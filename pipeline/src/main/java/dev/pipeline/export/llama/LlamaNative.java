package dev.pipeline.export.llama;

import com.sun.jna.FunctionMapper;
import com.sun.jna.Library;
import com.sun.jna.Native;
import dev.pipeline.io.Failure;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Binds {@link LlamaLibrary} to the native library. */
final class LlamaNative {
  private LlamaNative() {}

  /**
   * Loads and initialises the llama.cpp that ships; one library per process, for two interpose each
   * other's symbols.
   */
  static LlamaLibrary load() {
    Path file = NativeLibraryCache.userDefault().libraryFile();
    try {
      LlamaLibrary library = open(file);
      if (!library.llamaModelDefaultParams().looksRight()
          || !library.llamaContextDefaultParams().looksRight()) {
        throw Failure.infrastructure(
            file + " is not llama.cpp build b4916, the one this program knows",
            "restore de.kherud:llama to the version in the project's pom.xml",
            null);
      }
      return library;
    } catch (UnsatisfiedLinkError e) {
      throw cannotLoad(String.valueOf(e.getMessage()));
    }
  }

  /** Loads and initialises the user's own llama.cpp. */
  static LlamaLibrary load(Path file) {
    try {
      LlamaLibrary library = open(file);
      try {
        library.ggmlBackendLoadAllFromPath(String.valueOf(file.toAbsolutePath().getParent()));
      } catch (UnsatisfiedLinkError inOnePiece) {
        // A build of one piece needs no such search.
      }
      if (!library.llamaContextDefaultParams().looksLikeAnyBuild()) {
        throw notUsable(file, "its defaults are not where llama.cpp has them");
      }
      return library;
    } catch (UnsatisfiedLinkError e) {
      throw notUsable(file, String.valueOf(e.getMessage()));
    }
  }

  private static LlamaLibrary open(Path file) {
    FunctionMapper names =
        (library, method) -> method.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    LlamaLibrary library =
        Native.load(
            file.toString(),
            LlamaLibrary.class,
            Map.of(Library.OPTION_FUNCTION_MAPPER, names, Library.OPTION_STRING_ENCODING, "UTF-8"));
    library.llamaBackendInit();
    return library;
  }

  private static Failure notUsable(Path file, String reason) {
    return Failure.infrastructure(
        "cannot use llama_library %s: %s"
            .formatted(
                file,
                reason
                    .lines()
                    .filter(line -> !line.startsWith("Unable to load"))
                    .findFirst()
                    .orElse("unknown reason")),
        "name the libllama.so of a llama.cpp built for this machine, its libggml beside it",
        null);
  }

  static Failure cannotLoad(String message) {
    return message.contains("libgomp")
        ? Failure.infrastructure(
            "llama.cpp needs the system library libgomp.so.1, which is missing",
            "install it: apt-get install libgomp1 (Debian, Ubuntu), dnf install libgomp (Fedora)",
            null)
        : Failure.infrastructure(
            "cannot load llama.cpp: " + message.lines().findFirst().orElse("unknown reason"),
            "use Linux on x86-64 or aarch64 with glibc, or set llama_library to a libllama of your own",
            null);
  }
}
