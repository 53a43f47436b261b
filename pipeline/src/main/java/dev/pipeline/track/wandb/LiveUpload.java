package dev.pipeline.track.wandb;

import dev.pipeline.io.Failure;
import dev.pipeline.track.TrackedRun;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Sends a run while it goes on, on a thread of its own that reads what the run wrote. The run never
 * waits for it, never hears of its troubles, and holds nothing for it in memory; what could not be
 * sent is still in the file.
 */
public final class LiveUpload {
  private final WandbHttp http;
  private final RunUpload upload;
  private final Duration interval;
  private final CountDownLatch asked = new CountDownLatch(1);
  private final AtomicReference<@Nullable TrackedRun> last = new AtomicReference<>();
  private final AtomicReference<@Nullable Sent> sent = new AtomicReference<>();
  private final AtomicReference<@Nullable String> trouble = new AtomicReference<>();
  private final Thread thread;
  private volatile long deadline = Long.MAX_VALUE;

  /** How it ended. */
  public record Ending(Optional<Sent> sent, Optional<String> trouble) {}

  private LiveUpload(Path folder, TrackedRun run, Destination destination, Duration interval) {
    this.http = new WandbHttp(destination.server(), destination.timeout());
    this.interval = interval;
    this.upload =
        new RunUpload(
            folder,
            run,
            destination,
            new WandbApi(destination.server(), http),
            new Retries(destination.attempts(), this::await, this::isLate));
    this.thread = new Thread(this::work, "track");
    thread.setDaemon(true);
  }

  /** Begins to send {@code run}, which begins, too. */
  public static LiveUpload start(
      Path folder, TrackedRun run, Destination destination, Duration interval) {
    LiveUpload live = new LiveUpload(folder, run, destination, interval);
    live.thread.start();
    return live;
  }

  /**
   * Sends the rest, as far as that goes in a moment.
   *
   * @param run with its end
   */
  public Ending end(TrackedRun run, Duration patience) {
    last.set(run);
    deadline = System.nanoTime() + patience.toNanos();
    asked.countDown();
    try {
      thread.join(patience.toMillis());
      if (thread.isAlive()) {
        trouble.compareAndSet(null, "the server does not answer in time");
        http.cancel();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    http.close();
    return new Ending(Optional.ofNullable(sent.get()), Optional.ofNullable(trouble.get()));
  }

  private void work() {
    try {
      while (!asked.await(interval.toMillis(), TimeUnit.MILLISECONDS)) {
        push();
      }
      TrackedRun run = last.get();
      if (run != null) {
        sent.set(upload.finish(run));
        trouble.set(null);
      }
    } catch (Failure failure) {
      trouble.compareAndSet(null, failure.reason());
    } catch (IOException | RuntimeException e) {
      trouble.compareAndSet(null, words(e));
    } catch (InterruptedException e) {
      trouble.compareAndSet(null, "interrupted");
    }
  }

  /** A server that is away for an hour finds everything in the file when it is back. */
  private void push() throws Refused {
    try {
      sent.set(upload.push());
      trouble.set(null);
    } catch (Refused refusal) {
      throw refusal;
    } catch (IOException e) {
      trouble.set(words(e));
    }
  }

  /** Between two attempts; the end of the run does not cut it short, its patience does. */
  private void await(Duration time) {
    long until = System.nanoTime() + time.toNanos();
    try {
      if (asked.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
        long left = Math.min(until, deadline) - System.nanoTime();
        TimeUnit.NANOSECONDS.sleep(Math.max(0, left));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isLate() {
    return asked.getCount() == 0 && System.nanoTime() - deadline > 0;
  }

  static String words(Exception e) {
    String said = e.getMessage();
    return said == null || said.isBlank() ? e.getClass().getSimpleName() : said;
  }
}
