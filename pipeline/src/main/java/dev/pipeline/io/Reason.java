package dev.pipeline.io;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;

/** What the system said, in words: several of its exceptions carry nothing but the path. */
public final class Reason {
  /** What the system says of a full disk, a quota and a limit on the size of files. */
  private static final List<String> NO_ROOM =
      List.of("No space left", "quota exceeded", "File too large");

  private Reason() {}

  /** One line, without the path. */
  public static String of(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "it does not exist";
    } else if (e instanceof AccessDeniedException) {
      return "permission denied";
    } else if (e instanceof FileAlreadyExistsException) {
      return "a file is in the way";
    }
    String said = e instanceof FileSystemException f ? f.getReason() : e.getMessage();
    return said == null ? e.getClass().getSimpleName() : said;
  }

  /** Whether {@code reason} says that a disk, or somebody's share of it, is full. */
  public static boolean isNoRoom(String reason) {
    return NO_ROOM.stream().anyMatch(reason::contains);
  }
}
