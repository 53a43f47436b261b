package dev.pipeline.weights;

import dev.pipeline.io.Failure;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Recognises the small text file that git leaves where git-lfs did not fetch the weights; other
 * tools report it as a broken header.
 */
public final class GitLfsPointer {
  /** Bytes at the start of a file that {@link #refuse} needs to see. */
  public static final int LENGTH = 23;

  private static final String START = "version https://git-lfs";

  private GitLfsPointer() {}

  /** Fails when {@code start}, the first bytes of {@code file}, are those of a pointer. */
  public static void refuse(Path file, byte[] start) {
    if (new String(start, StandardCharsets.ISO_8859_1).startsWith(START)) {
      throw Failure.refused(
          file + " is a git-lfs pointer, not the weights it stands for",
          "run `git lfs pull` in that repository, or download the file itself");
    }
  }
}
