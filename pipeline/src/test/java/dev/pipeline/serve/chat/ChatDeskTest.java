package dev.pipeline.serve.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import dev.pipeline.talk.Scripted;
import dev.pipeline.talk.StopButton;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.CannotCreateTransactionException;

/** What becomes of the model when something else fails. */
@Timeout(30)
class ChatDeskTest {
  /** One who waits for the end, whichever. */
  private record Patient(CompletableFuture<RuntimeException> end) implements Waiting {
    @Override
    public Question question() {
      return new Question("s", "c", new ChatQuery("Hello", null, null, null, null, null, null));
    }

    @Override
    public StopButton stop() {
      return new StopButton();
    }

    @Override
    public void queued(int position, double waitSeconds) {}

    @Override
    public void said(String piece) {}

    @Override
    public void answered(ChatAnswer answer) {
      end.completeExceptionally(new IllegalStateException("nothing was to be answered"));
    }

    @Override
    public void failed(RuntimeException why) {
      end.complete(why);
    }
  }

  @Test
  void aDatabaseThatKeepsNothingUnloadsNoModel() {
    AtomicInteger loaded = new AtomicInteger();
    for (RuntimeException trouble :
        List.of(
            new DataIntegrityViolationException("select secret"),
            new CannotCreateTransactionException("no connection"))) {
      loaded.set(0);
      try (ChatDesk desk = desk(loaded, trouble)) {
        for (int i = 0; i < 2; i++) {
          assertThat(ask(desk))
              .isInstanceOfSatisfying(
                  Failure.class,
                  told -> {
                    assertThat(told.exitCode()).isEqualTo(ExitCode.INFRASTRUCTURE);
                    assertThat(told.reason()).isEqualTo("the conversation cannot be kept");
                  });
        }
      }
      assertThat(loaded).as("%s", trouble).hasValue(1);
    }
  }

  @Test
  void aModelThatBreaksIsLoadedAnew() {
    AtomicInteger loaded = new AtomicInteger();
    try (ChatDesk desk = desk(loaded, new IllegalStateException("a broken pipe"))) {
      ask(desk);
      ask(desk);
    }
    assertThat(loaded).hasValue(2);
  }

  private static ChatDesk desk(AtomicInteger loaded, RuntimeException trouble) {
    ChatModelHolder model =
        new ChatModelHolder(
            () -> {
              loaded.incrementAndGet();
              return new Scripted(100);
            },
            () -> "the same");
    return new ChatDesk(
        model,
        (speaker, who, waited) -> {
          throw trouble;
        },
        2,
        Duration.ofMinutes(1),
        new SimpleMeterRegistry());
  }

  private static RuntimeException ask(ChatDesk desk) {
    Patient who = new Patient(new CompletableFuture<>());
    desk.enter(who);
    return who.end().join();
  }
}
