package dev.pipeline.export.llama;

import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Logits of one model on the disk, for another to be compared with: float32, little-endian, a row
 * of the vocabulary's length a token. Two models at once would need the memory of both.
 */
final class LogitsOnDisk {
  private LogitsOnDisk() {}

  static void write(LoadedModel model, int[] tokens, int firstScored, Path file) {
    ByteBuffer row = row(model);
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      List<IOException> failed = new ArrayList<>();
      model.predict(
          tokens,
          firstScored,
          (index, logits) -> {
            row.clear().asFloatBuffer().put(logits);
            try {
              while (failed.isEmpty() && row.hasRemaining()) {
                channel.write(row);
              }
            } catch (IOException e) {
              failed.add(e);
            }
          });
      if (!failed.isEmpty()) {
        throw failed.get(0);
      }
    } catch (IOException e) {
      throw AtomicFiles.cannotWrite(file, e);
    }
  }

  static LogitsComparison compare(LoadedModel model, int[] tokens, int firstScored, Path file) {
    List<Double> divergences = new ArrayList<>();
    List<Boolean> agrees = new ArrayList<>();
    ByteBuffer row = row(model);
    try (FileChannel channel = FileChannel.open(file)) {
      long expected = (long) (tokens.length - firstScored) * row.capacity();
      if (channel.size() != expected) {
        throw Failure.refused(
            "%s holds %d bytes of logits, not %d".formatted(file, channel.size(), expected),
            "compare files of the same model, on the same tokens");
      }
      model.predict(
          tokens,
          firstScored,
          (index, logits) -> {
            float[] other = read(channel, row, (long) (index - firstScored) * row.capacity(), file);
            divergences.add(Softmax.divergence(other, logits));
            agrees.add(Softmax.top(other) == Softmax.top(logits));
          });
    } catch (IOException e) {
      throw cannotRead(file, e);
    }
    return new LogitsComparison(divergences, agrees);
  }

  private static float[] read(FileChannel channel, ByteBuffer row, long position, Path file) {
    row.clear();
    try {
      while (row.hasRemaining() && channel.read(row, position + row.position()) >= 0) {
        // A read may be cut short.
      }
    } catch (IOException e) {
      throw cannotRead(file, e);
    }
    float[] logits = new float[row.capacity() / Float.BYTES];
    row.flip().asFloatBuffer().get(logits);
    return logits;
  }

  private static Failure cannotRead(Path file, IOException e) {
    return Failure.infrastructure(
        "cannot read " + file + ": " + e.getMessage(), "run the same command again", e);
  }

  private static ByteBuffer row(LoadedModel model) {
    return ByteBuffer.allocate(model.vocabulary().size() * Float.BYTES)
        .order(ByteOrder.LITTLE_ENDIAN);
  }
}
