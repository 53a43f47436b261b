package dev.pipeline.serve.chat;

import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import dev.pipeline.talk.Speaker;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * The queue before the model: one question is answered at a time, the others wait in the order in
 * which they came, and hear how long.
 */
public final class ChatDesk implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ChatDesk.class);

  /** Weight of the newest answer in the mean that waiting times are reckoned with. */
  private static final double NEWEST = 0.3;

  private static final double FIRST_GUESS = 5;
  private static final double NANOS = 1e9;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Deque<Ticket> queue = new ArrayDeque<>();
  private final ChatModelHolder model;
  private final Answerer answerer;
  private final int most;
  private final Duration idle;
  private final Timer timer;
  private final Thread thread;
  private double meanSeconds = FIRST_GUESS;
  private @Nullable Ticket current;
  private boolean closed;

  /** Answers with a model. */
  interface Answerer {
    /** The answer to {@code who}, who hears its pieces. */
    ChatAnswer answer(Speaker speaker, Waiting who, double waitedSeconds);
  }

  private record Ticket(Waiting who, long came) {}

  /**
   * Opens.
   *
   * @param most who may wait
   * @param idle after which the model gives its memory back
   */
  ChatDesk(
      ChatModelHolder model, Answerer answerer, int most, Duration idle, MeterRegistry meters) {
    this.model = model;
    this.answerer = answerer;
    this.most = most;
    this.idle = idle;
    this.timer =
        Timer.builder("pipeline.chat.answer")
            .description("Time that the model takes for an answer, without the queue")
            .register(meters);
    Gauge.builder("pipeline.chat.waiting", this, ChatDesk::waiting)
        .description("Questions that wait for the model")
        .register(meters);
    thread = new Thread(this::work, "chat");
    thread.setDaemon(true);
    thread.start();
  }

  /** Lets {@code who} wait; throws {@link FullQueue} where too many do. */
  void enter(Waiting who) {
    synchronized (this) {
      if (closed || queue.size() >= most) {
        throw new FullQueue(queue.size(), Math.max(1, Math.round(seconds(queue.size()))));
      }
      int position = queue.size() + (current == null ? 0 : 1);
      // Before anybody can take it up, so that the place is heard before the answer.
      who.queued(position, seconds(position));
      queue.add(new Ticket(who, System.nanoTime()));
      notifyAll();
    }
  }

  /** How many wait. */
  public synchronized int waiting() {
    return queue.size();
  }

  private synchronized double seconds(int position) {
    return position * meanSeconds;
  }

  private void work() {
    for (Ticket next = next(); next != null; next = next()) {
      serve(next);
    }
    model.close();
  }

  /** Waits for the next; null when it is over. */
  private @Nullable Ticket next() {
    List<Ticket> others;
    Ticket first;
    synchronized (this) {
      current = null;
      awaitSomebody();
      first = queue.poll();
      current = first;
      others = new ArrayList<>(queue);
    }
    for (int i = 0; i < others.size(); i++) {
      others.get(i).who().queued(i + 1, seconds(i + 1));
    }
    return first;
  }

  private synchronized void awaitSomebody() {
    long left = idle.toNanos();
    long began = System.nanoTime();
    try {
      while (queue.isEmpty() && !closed) {
        if (left > 0) {
          TimeUnit.NANOSECONDS.timedWait(this, left);
          left = idle.toNanos() - (System.nanoTime() - began);
        } else {
          model.close();
          wait();
        }
      }
    } catch (InterruptedException e) {
      closed = true;
    }
  }

  private void serve(Ticket ticket) {
    long started = System.nanoTime();
    try {
      ticket.who().answered(answer(ticket, (started - ticket.came()) / NANOS));
    } catch (DataAccessException | TransactionException e) {
      // No fault of the model's: it stays.
      LOG.warn("a conversation cannot be read or kept", e);
      ticket
          .who()
          .failed(
              Failure.infrastructure(
                  "the conversation cannot be kept",
                  "see that the database of the chat answers, then ask again",
                  e));
    } catch (RuntimeException e) {
      if (!(e instanceof Failure known) || known.exitCode() == ExitCode.INFRASTRUCTURE) {
        // Its process may have died; the next question starts another.
        model.close();
      }
      ticket.who().failed(e);
    } catch (Error e) {
      model.close();
      ticket.who().failed(new IllegalStateException("the model broke", e));
    } finally {
      long took = System.nanoTime() - started;
      timer.record(took, TimeUnit.NANOSECONDS);
      synchronized (this) {
        meanSeconds = (1 - NEWEST) * meanSeconds + NEWEST * took / NANOS;
      }
    }
  }

  private ChatAnswer answer(Ticket ticket, double waited) {
    Speaker speaker;
    try {
      speaker = model.get();
    } catch (Failure e) {
      // Whoever asks cannot help it, whatever the reason is.
      throw Failure.infrastructure("the model cannot be loaded: " + e.reason(), e.fix(), e);
    }
    return answerer.answer(speaker, ticket.who(), waited);
  }

  @Override
  public void close() {
    List<Ticket> left;
    synchronized (this) {
      closed = true;
      left = new ArrayList<>(queue);
      queue.clear();
      if (current != null) {
        current.who().stop().press();
      }
      notifyAll();
    }
    left.forEach(
        ticket ->
            ticket.who().failed(Failure.interrupted("the service ends", "ask again in a moment")));
    try {
      // The model's process is ended by the thread that talks with it.
      thread.join(PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
