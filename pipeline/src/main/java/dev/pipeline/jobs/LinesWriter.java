package dev.pipeline.jobs;

import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamWriter;

/**
 * Appends lines to files. The files' lengths are part of the step's state, which commits after they
 * are on disk; a restart cuts off what was written after the last commit. So a killed run ends with
 * the same bytes as an undisturbed one.
 */
final class LinesWriter implements ItemStreamWriter<List<Line>> {
  private final Path folder;
  private final List<String> files;
  private final Map<String, FileChannel> channels = new LinkedHashMap<>();

  /** A writer of {@code files} in {@code folder}; all of them will exist, even if empty. */
  LinesWriter(Path folder, String... files) {
    this.folder = folder;
    this.files = List.of(files);
  }

  @Override
  public void open(ExecutionContext state) {
    for (String file : files) {
      Path path = folder.resolve(file);
      try {
        Files.createDirectories(folder);
        FileChannel channel =
            FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        channels.put(file, channel);
        channel.truncate(state.getLong(key(file), 0));
        channel.position(channel.size());
      } catch (IOException e) {
        throw AtomicFiles.cannotWrite(path, e);
      }
    }
  }

  @Override
  public void write(Chunk<? extends List<Line>> chunk) {
    for (List<Line> lines : chunk) {
      for (Line line : lines) {
        append(line);
      }
    }
  }

  @Override
  public void update(ExecutionContext state) {
    channels.forEach(
        (file, channel) -> {
          try {
            channel.force(false);
            state.putLong(key(file), channel.position());
          } catch (IOException e) {
            throw AtomicFiles.cannotWrite(folder.resolve(file), e);
          }
        });
  }

  @Override
  public void close() {
    channels.forEach(
        (file, channel) -> {
          try {
            channel.close();
          } catch (IOException e) {
            throw AtomicFiles.cannotWrite(folder.resolve(file), e);
          }
        });
    channels.clear();
  }

  private void append(Line line) {
    FileChannel channel = channels.get(line.file());
    if (channel == null) {
      throw new IllegalArgumentException("no file " + line.file() + " among " + files);
    }
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(Json.line(line.record()) + "\n");
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      throw AtomicFiles.cannotWrite(folder.resolve(line.file()), e);
    }
  }

  private static String key(String file) {
    return "length of " + file;
  }
}
