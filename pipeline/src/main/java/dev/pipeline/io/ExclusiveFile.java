package dev.pipeline.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Work that one thread of one process does at a time, guarded by an operating-system lock on a file
 * that is never deleted. The system lets go of the lock when the process dies, so nothing stale is
 * left behind.
 */
public final class ExclusiveFile {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(20);

  private final Path file;

  /** A lock on {@code file}, which is created when missing. */
  public ExclusiveFile(Path file) {
    this.file = file;
  }

  /** Runs {@code work} while no other thread or process holds this lock. */
  public <T> T hold(Supplier<T> work) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        // Closing the channel releases the lock.
        acquire(channel);
        return work.get();
      }
    } catch (IOException e) {
      throw AtomicFiles.cannotWrite(file, e);
    }
  }

  private void acquire(FileChannel channel) throws IOException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (tryLock(channel) == null) {
      if (System.nanoTime() > deadline) {
        throw Failure.infrastructure(
            "another process has held " + file + " for " + PATIENCE.toSeconds() + " s",
            "wait for the other run to end, or stop it, then run the same command again",
            null);
      }
      try {
        Thread.sleep(PAUSE.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw Failure.interrupted("stopped while waiting for " + file, "run the command again");
      }
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException heldByAnotherThread) {
      return null;
    }
  }
}
