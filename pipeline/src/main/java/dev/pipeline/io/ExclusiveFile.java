package dev.pipeline.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Work that one thread of one process does at a time, guarded by an operating-system lock on a file
 * that is never deleted. The system lets go of the lock when the process dies, so nothing stale is
 * left behind.
 *
 * <p>Threads of a process wait for each other before any of them opens the file: POSIX gives locks
 * to processes, and closing any channel of a file lets go of all of them.
 */
public final class ExclusiveFile {
  private static final Map<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(20);

  private final Path file;

  /** A lock on {@code file}, which is created when missing. */
  public ExclusiveFile(Path file) {
    this.file = file.toAbsolutePath().normalize();
  }

  /** Runs {@code work} while no other thread or process holds this lock. */
  public <T> T hold(Supplier<T> work) {
    return holdWithin(PATIENCE, work)
        .orElseThrow(
            () ->
                Failure.infrastructure(
                    "another process has held " + file + " for " + PATIENCE.toSeconds() + " s",
                    "wait for the other run to end, or stop it, then run the same command again",
                    null));
  }

  /** The same, or nothing at all where somebody else holds it for as long as {@code patience}. */
  public <T> Optional<T> holdWithin(Duration patience, Supplier<T> work) {
    long deadline = System.nanoTime() + patience.toNanos();
    ReentrantLock threads = THREADS.computeIfAbsent(file, key -> new ReentrantLock());
    try {
      if (!threads.tryLock(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        return Optional.empty();
      }
    } catch (InterruptedException e) {
      throw interrupted();
    }
    try {
      return alone(deadline, work);
    } catch (IOException e) {
      throw AtomicFiles.cannotWrite(file, e);
    } finally {
      threads.unlock();
    }
  }

  private <T> Optional<T> alone(long deadline, Supplier<T> work) throws IOException {
    Path folder = file.getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    // Closing the channel releases the lock.
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      while (tryLock(channel) == null) {
        if (System.nanoTime() > deadline) {
          return Optional.empty();
        }
        try {
          Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
          throw interrupted();
        }
      }
      return Optional.of(work.get());
    }
  }

  private Failure interrupted() {
    Thread.currentThread().interrupt();
    return Failure.interrupted("stopped while waiting for " + file, "run the command again");
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException heldOutsideOfThisClass) {
      return null;
    }
  }
}
