package dev.pipeline.fetch;

import dev.pipeline.fetch.FileDownload.Chunk;
import dev.pipeline.io.Failure;
import dev.pipeline.io.StopSignal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Several connections that bring chunk after chunk of file after file, and publish each file. */
final class Downloads {
  private static final long LOOK_MILLIS = 200;

  private final HubHttp http;
  private final HubAnswer answers;
  private final Means means;
  private final FetchListener listener;
  private final StopSignal stop;
  private final List<FileDownload> files;
  private final long before;
  private final AtomicBoolean failed = new AtomicBoolean();
  private final AtomicInteger checking = new AtomicInteger();
  private final Speed speed = new Speed();

  /**
   * Downloads that have not begun.
   *
   * @param before bytes of the fetch that are there already, besides those of {@code files}
   */
  Downloads(
      HubHttp http,
      HubAnswer answers,
      Means means,
      FetchListener listener,
      StopSignal stop,
      List<FileDownload> files,
      long before) {
    this.http = http;
    this.answers = answers;
    this.means = means;
    this.listener = new OneAtATime(listener);
    this.stop = stop;
    this.files = List.copyOf(files);
    this.before = before;
  }

  /**
   * Returns when every file has its name.
   *
   * @throws Failure for the first thing that went wrong; what is there of other files is kept
   */
  void run() {
    ExecutorService pool = Executors.newFixedThreadPool(means.settings().connections());
    try {
      List<Future<?>> workers = new ArrayList<>();
      for (int i = 0; i < means.settings().connections(); i++) {
        workers.add(pool.submit(this::work));
      }
      Failure failure = null;
      for (Future<?> worker : workers) {
        Failure its = await(worker);
        failure = failure == null ? its : failure;
      }
      if (failure != null) {
        throw failure;
      }
      stop.check();
    } finally {
      pool.shutdownNow();
      keep();
    }
  }

  private @Nullable Failure await(Future<?> worker) {
    while (true) {
      try {
        worker.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        return null;
      } catch (TimeoutException working) {
        report();
        if (isOver()) {
          http.cancelAll();
        }
      } catch (ExecutionException e) {
        if (e.getCause() instanceof Failure failure) {
          return failure;
        }
        throw new IllegalStateException(e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        failed.set(true);
        return Failure.interrupted("stopped while fetching", "run the same command again");
      }
    }
  }

  private void work() {
    try {
      for (Optional<Chunk> chunk = take(); chunk.isPresent(); chunk = take()) {
        bring(chunk.get());
      }
    } catch (RuntimeException e) {
      failed.set(true);
      http.cancelAll();
      throw e;
    }
  }

  private void bring(Chunk chunk) {
    boolean complete;
    try {
      new Transfer(http, answers, listener, this::isOver, chunk).run(means.patience(this::isOver));
    } finally {
      complete = chunk.file().release();
      synchronized (this) {
        notifyAll();
      }
    }
    if (complete && !isOver()) {
      publish(chunk.file());
    }
  }

  private void publish(FileDownload download) {
    checking.incrementAndGet();
    try {
      if (Verification.publish(download, listener, stop)) {
        listener.finished(download.file());
      }
    } finally {
      checking.decrementAndGet();
    }
  }

  /** The next chunk; empty when there is none left and none can come back. */
  private synchronized Optional<Chunk> take() {
    while (!isOver()) {
      boolean finished = true;
      for (FileDownload file : files) {
        Optional<Chunk> chunk = file.claim();
        if (chunk.isPresent()) {
          return chunk;
        }
        finished &= file.isFinished();
      }
      if (finished) {
        break;
      }
      try {
        wait(LOOK_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    return Optional.empty();
  }

  private boolean isOver() {
    return failed.get() || stop.isRequested();
  }

  private void report() {
    long done = before;
    long total = before;
    for (FileDownload file : files) {
      done += file.partial().covered();
      total += file.file().size();
      file.partial().saveWhenDue();
    }
    speed.at(System.nanoTime(), done);
    listener.position(
        done, total, speed.bytesPerSecond(), checking.get() > 0 ? "checking digests" : "");
  }

  /** Writes down how far each file is; where the disk is full, what was noted last has to do. */
  private void keep() {
    for (FileDownload file : files) {
      file.partial().leave();
    }
  }

  /** Lets many threads speak to somebody who listens to one. */
  private record OneAtATime(FetchListener listener) implements FetchListener {
    @Override
    public void position(long done, long total, double bytesPerSecond, String note) {
      synchronized (listener) {
        listener.position(done, total, bytesPerSecond, note);
      }
    }

    @Override
    public void finished(HubFile file) {
      synchronized (listener) {
        listener.finished(file);
      }
    }

    @Override
    public void word(String sentence) {
      synchronized (listener) {
        listener.word(sentence);
      }
    }
  }
}
