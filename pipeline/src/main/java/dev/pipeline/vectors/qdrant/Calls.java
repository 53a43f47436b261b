package dev.pipeline.vectors.qdrant;

import com.google.common.util.concurrent.ListenableFuture;
import dev.pipeline.io.Failure;
import io.grpc.Status;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Calls that are given a deadline, tried again when trouble may pass, and never swallowed. */
final class Calls {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

  /** Every call here can be made twice: ids are the caller's. */
  private static final Set<Status.Code> PASSING =
      Set.of(
          Status.Code.UNAVAILABLE,
          Status.Code.DEADLINE_EXCEEDED,
          Status.Code.RESOURCE_EXHAUSTED,
          Status.Code.ABORTED);

  private final QdrantAddress server;
  private final Runnable reconnect;

  /**
   * Calls to {@code server}.
   *
   * @param reconnect makes the next call try to connect at once: the channel's own patience after a
   *     refused connection grows to two minutes
   */
  Calls(QdrantAddress server, Runnable reconnect) {
    this.server = server;
    this.reconnect = reconnect;
  }

  /** The answer to {@code call}. */
  <T> T answer(Supplier<ListenableFuture<T>> call) {
    for (int attempt = 1; ; attempt++) {
      try {
        // The call has a deadline of its own; this one guards against a client that hangs.
        return call.get().get(2 * server.timeout().toMillis() + 1000, TimeUnit.MILLISECONDS);
      } catch (ExecutionException e) {
        Status status = Status.fromThrowable(e);
        if (!PASSING.contains(status.getCode()) || attempt == server.attempts()) {
          throw failed(status, attempt, e);
        }
      } catch (TimeoutException e) {
        if (attempt == server.attempts()) {
          throw failed(Status.DEADLINE_EXCEEDED, attempt, e);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw stopped();
      }
      pause(attempt);
      reconnect.run();
    }
  }

  private void pause(int attempt) {
    try {
      Thread.sleep(FIRST_PAUSE.toMillis() << Math.min(attempt - 1, 6));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw stopped();
    }
  }

  private Failure stopped() {
    return Failure.interrupted("stopped while waiting for Qdrant", "run the command again");
  }

  private Failure failed(Status status, int attempts, Exception cause) {
    String said = String.valueOf(status.getDescription()).replaceAll("[\\p{Cntrl}\\s]+", " ");
    return switch (status.getCode()) {
      case UNAUTHENTICATED, PERMISSION_DENIED ->
          Failure.infrastructure(
              "Qdrant at " + server + " refuses the key",
              "set " + QdrantAddress.KEY + " in the environment",
              cause);
      case INVALID_ARGUMENT, NOT_FOUND, ALREADY_EXISTS, FAILED_PRECONDITION, OUT_OF_RANGE ->
          Failure.refused(
              "Qdrant at " + server + " refuses the call: " + said,
              "look whether the collection is the one that memory.plan_collection means");
      default ->
          Failure.infrastructure(
              "Qdrant at %s does not answer: %s, tried %d times"
                  .formatted(server, status.getCode(), attempts),
              "start it, or check memory.qdrant_url and " + QdrantAddress.URL,
              cause);
    };
  }
}
