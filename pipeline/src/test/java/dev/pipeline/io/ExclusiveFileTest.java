package dev.pipeline.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

  private static void pause() {
    try {
      Thread.sleep(30);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
