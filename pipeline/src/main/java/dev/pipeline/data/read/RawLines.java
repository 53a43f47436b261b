package dev.pipeline.data.read;

import dev.pipeline.data.Cursor;
import dev.pipeline.data.JsonLines;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Hashes;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The lines of a folder of raw files, read as bytes because encodings change from line to line. */
public final class RawLines implements Cursor<RawLine> {
  /** A longer line is cut here and rejected: no conversation is that long, a broken file may be. */
  public static final int LONGEST_LINE = 1 << 20;

  private static final String EXTENSION = ".jsonl";

  private final String name;
  private final InputStream in;
  private int number;

  private RawLines(String name, InputStream in, int number) {
    this.name = name;
    this.in = in;
    this.number = number;
  }

  /** The raw files of {@code folder} by name; refuses a folder that is missing or holds none. */
  public static List<Path> files(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw Failure.refused(
          "raw data folder " + folder + " does not exist",
          "create it and put .jsonl files in it, or set another folder");
    }
    try (Stream<Path> paths = Files.list(folder)) {
      List<Path> files =
          paths
              .filter(path -> path.toString().endsWith(EXTENSION) && Files.isRegularFile(path))
              .sorted()
              .toList();
      if (files.isEmpty()) {
        throw Failure.refused(
            "raw data folder " + folder + " holds no .jsonl file",
            "put .jsonl files in it, one JSON object a line, or set another folder");
      }
      return files;
    } catch (IOException e) {
      throw cannotRead(folder, e);
    }
  }

  /** Opens one raw file. */
  public static RawLines open(Path file) {
    return open(file, 0, 0);
  }

  /** Opens one raw file at {@code offset} bytes, where {@code lines} lines are past. */
  public static RawLines open(Path file, long offset, int lines) {
    try {
      return new RawLines(
          String.valueOf(file.getFileName()),
          new BufferedInputStream(JsonLines.stream(file, offset), 1 << 16),
          lines);
    } catch (IOException e) {
      throw cannotRead(file, e);
    }
  }

  /** Hands every line of {@code files} to {@code consumer}. */
  public static void forEach(List<Path> files, Consumer<RawLine> consumer) {
    for (Path file : files) {
      try (RawLines lines = open(file)) {
        for (Optional<RawLine> line = lines.next(); line.isPresent(); line = lines.next()) {
          consumer.accept(line.get());
        }
      }
    }
  }

  @Override
  public Optional<RawLine> next() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    try {
      int b = in.read();
      if (b < 0) {
        return Optional.empty();
      }
      int length = 0;
      for (; b >= 0 && b != '\n'; b = in.read()) {
        if (length++ < LONGEST_LINE) {
          bytes.write(b);
        }
      }
      number++;
      byte[] line = bytes.toByteArray();
      return Optional.of(
          new RawLine(
              name, number, LineDecoder.decode(line), length <= LONGEST_LINE, sha256(line)));
    } catch (IOException e) {
      throw cannotRead(Path.of(name), e);
    }
  }

  /** Digest of a line without its break, which is two characters elsewhere. */
  private static String sha256(byte[] line) {
    int end = line.length > 0 && line[line.length - 1] == '\r' ? line.length - 1 : line.length;
    return Hashes.hex(Hashes.sha256().digest(Arrays.copyOf(line, end)));
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw cannotRead(Path.of(name), e);
    }
  }

  private static Failure cannotRead(Path path, IOException e) {
    return Failure.infrastructure(
        "cannot read " + path + ": " + e.getMessage(), "check that it is readable", e);
  }
}
