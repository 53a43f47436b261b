package dev.pipeline.serve.chat;

import dev.pipeline.talk.StopButton;
import org.springframework.web.context.request.async.DeferredResult;

/** One who waits for the whole answer. */
record Whole(Question question, StopButton stop, DeferredResult<ChatAnswer> answer)
    implements Waiting {
  /** How long a question may wait is the queue's to say. */
  private static final long NEVER = 0;

  static Whole of(Question question) {
    return new Whole(question, new StopButton(), new DeferredResult<>(NEVER));
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
    answer.setResult(whole);
  }

  @Override
  public void failed(RuntimeException why) {
    answer.setErrorResult(why);
  }
}
