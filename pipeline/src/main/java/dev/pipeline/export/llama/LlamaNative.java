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
   * Loads and initialises llama.cpp; one library per process, for two interpose each other's
   * symbols.
   */
  static LlamaLibrary load() {
    Path file = NativeLibraryCache.userDefault().libraryFile();
    FunctionMapper names =
        (library, method) -> method.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    try {
      LlamaLibrary library =
          Native.load(
              file.toString(),
              LlamaLibrary.class,
              Map.of(
                  Library.OPTION_FUNCTION_MAPPER, names, Library.OPTION_STRING_ENCODING, "UTF-8"));
      library.llamaBackendInit();
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

  static Failure cannotLoad(String message) {
    return message.contains("libgomp")
        ? Failure.infrastructure(
            "llama.cpp needs the system library libgomp.so.1, which is missing",
            "install it: apt-get install libgomp1 (Debian, Ubuntu), dnf install libgomp (Fedora)",
            null)
        : Failure.infrastructure(
            "cannot load llama.cpp: " + message.lines().findFirst().orElse("unknown reason"),
            "use Linux on x86-64 or aarch64 with glibc, or configure a llama-quantize of your own",
            null);
  }
}
