package dev.pipeline.track.wandb;

import dev.pipeline.io.Failure;
import dev.pipeline.io.StopSignal;
import dev.pipeline.track.TrackedRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** Sends what was kept: everything that the server does not have yet, and nothing else. */
public final class LaterUpload implements AutoCloseable {
  private static final long LOOK_NANOS = 50_000_000;

  private final Destination destination;
  private final WandbHttp http;
  private final Retries retries;

  /**
   * Sends to {@code destination} until {@code stop}.
   *
   * @param say told what went wrong, and when it is tried again
   */
  public LaterUpload(Destination destination, StopSignal stop, Consumer<String> say) {
    this(
        destination,
        new Retries(
            destination.attempts(),
            time -> {
              long until = System.nanoTime() + time.toNanos();
              while (System.nanoTime() - until < 0 && !stop.isRequested()) {
                LockSupport.parkNanos(Math.min(LOOK_NANOS, until - System.nanoTime()));
              }
            },
            stop::isRequested,
            say));
  }

  LaterUpload(Destination destination, Retries retries) {
    this.destination = destination;
    this.http = new WandbHttp(destination.server(), destination.timeout());
    this.retries = retries;
  }

  /** What is noted as sent there, if {@code run} is there as far as it went. */
  public Optional<Sent> done(Path folder, TrackedRun run) {
    TrackedRun.End end = run.ended();
    return Sent.read(folder)
        .filter(sent -> sent.server().equals(destination.server().address()))
        .filter(sent -> sent.project().equals(destination.project()))
        .filter(
            sent -> destination.entity().isEmpty() || sent.entity().equals(destination.entity()))
        .filter(sent -> end != null && sent.ended().equals(end.at()));
  }

  /** Sends {@code run}. */
  public Sent send(Path folder, TrackedRun run) {
    try {
      return new RunUpload(
              folder, run, destination, new WandbApi(destination.server(), http), retries)
          .finish(run);
    } catch (Refused e) {
      throw Failure.infrastructure(
          "run " + run.id() + " is not sent: " + LiveUpload.words(e),
          "check " + WandbServer.KEY + ", wandb_entity and wandb_project, then run the same again",
          e);
    } catch (IOException e) {
      throw Failure.infrastructure(
          "run " + run.id() + " is not sent: " + LiveUpload.words(e),
          "nothing is lost: run pipeline track sync again when "
              + destination.server()
              + " answers",
          e);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
