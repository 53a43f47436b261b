package dev.pipeline.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExclusiveFileTest {
  @Test
  void letsOneThreadInAtATime(@TempDir Path folder) throws InterruptedException {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      ExclusiveFile lock = new ExclusiveFile(folder.resolve("made/the.lock"));
      Thread thread =
          new Thread(
              () ->
                  lock.hold(
                      () -> {
                        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                        pause();
                        return inside.decrementAndGet();
                      }));
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(most).hasValue(1);
  }

  /** POSIX lets go of a process's locks on a file when it closes the file anywhere. */
  @Test
  void aWaiterThatGivesUpLeavesTheLockToTheOneThatWorks(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("the.lock");
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch mayLeave = new CountDownLatch(1);
    Thread worker =
        new Thread(
            () ->
                new ExclusiveFile(file)
                    .hold(
                        () -> {
                          inside.countDown();
                          await(mayLeave);
                          return true;
                        }));
    worker.start();
    await(inside);
    assertThat(new ExclusiveFile(file).holdWithin(Duration.ofMillis(50), () -> true)).isEmpty();
    assertThat(LockProbe.gets(file)).as("another process gets in").isFalse();
    mayLeave.countDown();
    worker.join();
    assertThat(LockProbe.gets(file)).isTrue();
    assertThat(new ExclusiveFile(file).holdWithin(Duration.ZERO, () -> true)).hasValue(true);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(30);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
