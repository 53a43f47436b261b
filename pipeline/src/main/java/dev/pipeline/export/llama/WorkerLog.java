package dev.pipeline.export.llama;

import dev.pipeline.io.AtomicFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What the child and its native code print, in a file of a temporary folder: read only when
 * something went wrong, and complete by then, which a pipe would not be.
 *
 * @param folder the temporary folder
 */
record WorkerLog(Path folder) {
  private static final Pattern ERROR = Pattern.compile("(?i)error|failed|invalid|exception");
  private static final int LAST = 3;

  static WorkerLog create() {
    try {
      return new WorkerLog(Files.createTempDirectory("pipeline-llama-"));
    } catch (IOException e) {
      throw AtomicFiles.cannotWrite(Path.of(System.getProperty("java.io.tmpdir")), e);
    }
  }

  Path file() {
    return folder.resolve("log");
  }

  Path crashFile() {
    return folder.resolve("crash");
  }

  /** The last lines that tell of an error, led by a colon; empty when there are none. */
  String lastErrors() {
    return last(lines().stream().filter(line -> ERROR.matcher(line).find()).toList());
  }

  /** The last lines, led by a colon; empty when there are none. */
  String lastLines() {
    return last(lines());
  }

  void delete() {
    AtomicFiles.deleteRecursively(folder);
  }

  private static String last(List<String> lines) {
    List<String> last = lines.subList(Math.max(0, lines.size() - LAST), lines.size());
    return last.isEmpty() ? "" : ": " + String.join(" | ", last);
  }

  private List<String> lines() {
    try {
      return new String(Files.readAllBytes(file()), StandardCharsets.UTF_8)
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty())
          .toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
