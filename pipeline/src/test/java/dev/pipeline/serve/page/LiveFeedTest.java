package dev.pipeline.serve.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Who listens while topics come and go. */
@Timeout(60)
class LiveFeedTest {
  private static final int ROUNDS = 5000;

  /** The window is of nanoseconds, so that it takes many rounds to fall into it. */
  @Test
  void whoJoinsWhileATopicIsRemovedIsHeardAll() throws Exception {
    CyclicBarrier together = new CyclicBarrier(2);
    try (LiveFeed feed = new LiveFeed()) {
      CompletableFuture<Void> looking =
          CompletableFuture.runAsync(
              () -> {
                for (int i = 0; i < ROUNDS; i++) {
                  await(together);
                  feed.look();
                  await(together);
                }
              });
      int lost = 0;
      for (int i = 0; i < ROUNDS; i++) {
        leave(feed, feed.listen("runs", () -> "same"));
        await(together);
        SseEmitter joined = feed.listen("runs", () -> "same");
        await(together);
        lost += feed.listeners() == 1 ? 0 : 1;
        leave(feed, joined);
      }
      looking.join();
      assertThat(lost).isZero();
    }
  }

  /** Its topic stays, with nobody in it, until the next look. */
  private static void leave(LiveFeed feed, SseEmitter listener) {
    listener.complete();
    feed.look();
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
