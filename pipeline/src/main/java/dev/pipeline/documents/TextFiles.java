package dev.pipeline.documents;

import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The text files below a folder: what people wrote, not what tools made of it. */
final class TextFiles {
  private static final long LARGEST = 1 << 20;
  private static final Set<String> MADE =
      Set.of("node_modules", "target", "build", "dist", "out", "__pycache__", "venv", "vendor");

  private TextFiles() {}

  /**
   * Every regular file below {@code folder}, sorted; links, hidden names and folders that tools
   * fill are left out.
   */
  static List<Path> below(Path folder) {
    List<Path> found = new ArrayList<>();
    try {
      // Links are not followed, so that nothing outside the folder is read.
      Files.walkFileTree(folder, new Walk(folder, found));
    } catch (IOException e) {
      throw Failure.infrastructure(
          "cannot read " + folder + ": " + Reason.of(e), "check its permissions", e);
    }
    return found.stream().sorted().toList();
  }

  /** The text of a file; empty where it is too large or none. */
  static Optional<String> read(Path file) {
    try {
      if (Files.size(file) > LARGEST) {
        return Optional.empty();
      }
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
              .toString();
      return text.indexOf('\0') < 0 ? Optional.of(text) : Optional.empty();
    } catch (CharacterCodingException notText) {
      return Optional.empty();
    } catch (IOException e) {
      throw Failure.infrastructure(
          "cannot read " + file + ": " + Reason.of(e), "check its permissions", e);
    }
  }

  private static final class Walk extends SimpleFileVisitor<Path> {
    private final Path root;
    private final List<Path> found;

    Walk(Path root, List<Path> found) {
      this.root = root;
      this.found = found;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      String name = String.valueOf(folder.getFileName());
      boolean skipped = !folder.equals(root) && (name.startsWith(".") || MADE.contains(name));
      return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      String name = String.valueOf(file.getFileName());
      boolean wanted = !name.startsWith(".") && !name.endsWith(AtomicFiles.PARTIAL);
      if (attributes.isRegularFile() && wanted) {
        found.add(file);
      }
      return FileVisitResult.CONTINUE;
    }
  }
}
