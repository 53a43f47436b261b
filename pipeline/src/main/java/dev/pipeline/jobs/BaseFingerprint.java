package dev.pipeline.jobs;

import dev.pipeline.io.Failure;
import dev.pipeline.io.Hashes;
import dev.pipeline.io.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.stream.Stream;

/**
 * A digest of a model folder that takes no time: names, sizes, and of each file its first and last
 * megabyte. Enough to tell one base from another, not to prove that a file is intact.
 */
final class BaseFingerprint {
  private static final int SAMPLE = 1 << 20;

  private BaseFingerprint() {}

  static String of(Path folder) {
    MessageDigest digest = Hashes.sha256();
    for (Path file : files(folder)) {
      add(digest, folder.relativize(file), file);
    }
    return Hashes.hex(digest.digest());
  }

  private static void add(MessageDigest digest, Path name, Path file) {
    try (FileChannel channel = FileChannel.open(file)) {
      long size = channel.size();
      digest.update((name + " " + size + "\n").getBytes(StandardCharsets.UTF_8));
      sample(digest, channel, 0);
      sample(digest, channel, Math.max(0, size - SAMPLE));
    } catch (IOException e) {
      throw Failure.infrastructure(
          "cannot read " + file + ": " + Reason.of(e), "check its permissions", e);
    }
  }

  private static void sample(MessageDigest digest, FileChannel channel, long position)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(SAMPLE);
    int read = 0;
    while (read >= 0 && buffer.hasRemaining()) {
      read = channel.read(buffer, position + buffer.position());
    }
    digest.update(buffer.flip());
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw Failure.infrastructure(
          "cannot list " + folder + ": " + Reason.of(e), "check its permissions", e);
    }
  }
}
