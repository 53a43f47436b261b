package dev.pipeline.schedule.launch;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** Shows what a file grows by. */
final class LogTail {
  private static final int BUFFER = 1 << 16;

  private final Path file;
  private final OutputStream out;
  private long shown;

  LogTail(Path file, OutputStream out) {
    this.file = file;
    this.out = out;
  }

  /** Shows what is new; a file that is not there yet has nothing. */
  void show() {
    if (!Files.exists(file)) {
      return;
    }
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
      for (int read = channel.read(buffer, shown); read > 0; read = channel.read(buffer, shown)) {
        out.write(buffer.array(), 0, read);
        shown += read;
        buffer.clear();
      }
      out.flush();
    } catch (IOException e) {
      // The file system of a cluster may hiccup; the next look shows the rest.
    }
  }
}
