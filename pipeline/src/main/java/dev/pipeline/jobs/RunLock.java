package dev.pipeline.jobs;

import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * The right to run jobs on a folder of artefacts. The system takes it back when the process ends,
 * however it ends, so that whoever holds it knows that every unfinished run is dead.
 */
final class RunLock implements AutoCloseable {
  private static final String FILE = "run.lock";
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final int LOOKS = 100;

  private final FileChannel channel;

  private RunLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * What somebody runs.
   *
   * @param command as a person would type it
   * @param subject equal for what must not be done twice at the same time; empty where there is
   *     none
   */
  record Task(String command, String subject) {}

  /** Who runs. */
  record Owner(long pid, String command, String subject, String since) {
    private static Owner current(Task task) {
      String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
      return new Owner(ProcessHandle.current().pid(), task.command(), task.subject(), now);
    }

    private boolean lives() {
      return ProcessHandle.of(pid).isPresent();
    }
  }

  /** Takes the lock, or says who has it. */
  static RunLock acquire(Path folder, Task task) {
    RunLock lock = tryAcquire(folder);
    for (int look = 0; lock == null && look < LOOKS && !isSigned(folder); look++) {
      // Who took the lock a moment ago has not yet said who it is.
      LockSupport.parkNanos(PAUSE.toNanos());
      lock = tryAcquire(folder);
    }
    if (lock == null) {
      String who =
          owner(folder)
              .map(
                  o -> "\"" + o.command() + "\" runs as process " + o.pid() + " since " + o.since())
              .orElse("another process runs");
      throw Failure.infrastructure(
          who + " on " + folder.getParent(),
          "wait for it, stop it with Ctrl-C or pipeline jobs stop, or use another output_dir",
          null);
    }
    lock.sign(folder, Owner.current(task));
    return lock;
  }

  /** Whether some process holds the lock now. */
  static boolean isHeld(Path folder) {
    if (!Files.exists(folder.resolve(FILE))) {
      return false;
    }
    try (RunLock lock = tryAcquire(folder)) {
      return lock == null;
    }
  }

  private static @Nullable RunLock tryAcquire(Path folder) {
    Path file = folder.resolve(FILE);
    try {
      Files.createDirectories(folder);
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      FileLock lock = lock(channel);
      if (lock == null) {
        channel.close();
        return null;
      }
      return new RunLock(channel);
    } catch (IOException e) {
      throw AtomicFiles.cannotWrite(file, e);
    }
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  private static boolean isSigned(Path folder) {
    return owner(folder).filter(Owner::lives).isPresent();
  }

  /** Who took the lock last, as far as it told. */
  static Optional<Owner> owner(Path folder) {
    try {
      String text = Files.readString(folder.resolve(FILE));
      return Optional.of(Json.mapper().readValue(text, Owner.class));
    } catch (IOException | JacksonException e) {
      return Optional.empty();
    }
  }

  private void sign(Path folder, Owner owner) {
    try {
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(Json.line(owner).getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw AtomicFiles.cannotWrite(folder.resolve(FILE), e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw Failure.infrastructure("cannot release " + FILE, "run the command again", e);
    }
  }
}
