package dev.pipeline.jobs;

import dev.pipeline.io.Hashes;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The version of the code that runs: the digest of the program's jar, which is reproducible, and of
 * the names of the libraries beside it, which carry their versions.
 */
final class CodeVersion {
  private CodeVersion() {}

  /** 64 hex digits. */
  static String current() {
    return Hashes.sha256(Digests.of(program()) + "\n" + libraries());
  }

  private static Path program() {
    try {
      return Path.of(CodeVersion.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the program does not know where it lies", e);
    }
  }

  private static String libraries() {
    return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
        .splitAsStream(System.getProperty("java.class.path", ""))
        .filter(entry -> entry.endsWith(".jar"))
        .map(entry -> String.valueOf(Path.of(entry).getFileName()))
        .sorted()
        .collect(Collectors.joining("\n"));
  }
}
