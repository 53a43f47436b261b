package dev.pipeline.serve.chat;

import dev.pipeline.talk.StopButton;
import java.util.concurrent.CompletableFuture;

/** One who waits for the whole answer. */
record Whole(Question question, StopButton stop, CompletableFuture<ChatAnswer> answer)
    implements Waiting {
  static Whole of(Question question) {
    return new Whole(question, new StopButton(), new CompletableFuture<>());
  }

  @Override
  public void queued(int position, double waitSeconds) {
    // There is no way to say so before the answer, which tells how long it was.
  }

  @Override
  public void said(String piece) {
    // Heard with the rest.
  }

  @Override
  public void answered(ChatAnswer whole) {
    answer.complete(whole);
  }

  @Override
  public void failed(RuntimeException why) {
    answer.completeExceptionally(why);
  }
}
