package dev.pipeline.export.llama;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.Failure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What the child and its native code print, in a file of a temporary folder: read only when
 * something went wrong, and complete by then, which a pipe would not be.
 *
 * @param folder the temporary folder
 * @param lock held while the parent lives, so that others know a folder that was left behind
 */
record WorkerLog(Path folder, FileChannel lock) {
  private static final String PREFIX = "pipeline-llama-";
  private static final String LOCK = "lock";

  /** A younger folder may be about to be locked. */
  private static final Duration YOUNG = Duration.ofMinutes(1);

  private static final Pattern ERROR = Pattern.compile("(?i)error|failed|invalid|exception");
  private static final int LAST = 3;

  static WorkerLog create() {
    return create(Path.of(System.getProperty("java.io.tmpdir")));
  }

  static WorkerLog create(Path parent) {
    clear(parent);
    try {
      Path folder = Files.createTempDirectory(parent, own());
      FileChannel lock =
          FileChannel.open(
              folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      lock.tryLock();
      return new WorkerLog(folder, lock);
    } catch (IOException e) {
      throw AtomicFiles.cannotWrite(parent, e);
    }
  }

  /** Takes away what a parent left that was killed. */
  private static void clear(Path parent) {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
      for (Path folder : folders) {
        if (!String.valueOf(folder.getFileName()).startsWith(own()) && isLeft(folder)) {
          AtomicFiles.deleteRecursively(folder);
        }
      }
    } catch (IOException | Failure notOurs) {
      // Another user's, or just taken away by another process.
    }
  }

  /** Asked of other processes' folders alone: on closing, POSIX would drop our own lock, too. */
  private static boolean isLeft(Path folder) {
    try (FileChannel channel =
        FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE, NOFOLLOW_LINKS)) {
      return Files.getLastModifiedTime(folder).toInstant().isBefore(Instant.now().minus(YOUNG))
          && channel.tryLock() != null;
    } catch (IOException | OverlappingFileLockException inUse) {
      return false;
    }
  }

  private static String own() {
    return PREFIX + ProcessHandle.current().pid() + "-";
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
    try {
      lock.close();
    } catch (IOException ignored) {
      // It only marks the folder, which goes.
    }
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
