package dev.pipeline.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.io.ExclusiveFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class OutboxNotesTest {
  @TempDir Path folder;

  /** A server that answers when it is let. */
  private static final class Slow implements Notes {
    final CountDownLatch asked = new CountDownLatch(1);
    final CountDownLatch mayAnswer = new CountDownLatch(1);

    @Override
    public Note put(Note note) {
      asked.countDown();
      try {
        mayAnswer.await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      return note;
    }

    @Override
    public Optional<Note> get(UUID id) {
      return Optional.empty();
    }

    @Override
    public List<Note> all(Map<String, String> filter) {
      return List.of();
    }

    @Override
    public List<Found> search(String question, Map<String, String> filter, int limit) {
      return List.of();
    }
  }

  @Test
  void nobodyWaitsForTheNetworkOfAnotherAndNothingThatComesMeanwhileIsLost() throws Exception {
    Slow server = new Slow();
    Outbox outbox = new Outbox(folder.resolve("outbox.jsonl"));
    ExclusiveFile edits = new ExclusiveFile(folder.resolve("outbox.lock"));
    outbox.append(note(1));
    CompletableFuture<OutboxNotes.Drained> first =
        CompletableFuture.supplyAsync(() -> notes(outbox, edits, server).drain(OutboxNotes.TURN));
    server.asked.await();

    OutboxNotes.Drained second = notes(outbox, edits, server).drain(Duration.ZERO);
    assertThat(second.delivered()).isEmpty();
    assertThat(second.left()).containsExactly(note(1));
    assertThat(Objects.requireNonNull(second.trouble()).reason()).contains("delivering");
    Optional<Boolean> appended =
        edits.holdWithin(
            Duration.ofSeconds(1),
            () -> {
              outbox.append(note(2));
              return true;
            });
    assertThat(appended).as("the file is free while the network is waited for").isPresent();

    server.mayAnswer.countDown();
    assertThat(first.get().delivered()).containsExactly(note(1));
    assertThat(outbox.read()).containsExactly(note(2));
  }

  private OutboxNotes notes(Outbox outbox, ExclusiveFile edits, Notes server) {
    return new OutboxNotes(
        outbox, edits, new ExclusiveFile(folder.resolve("delivery.lock")), () -> server);
  }

  private static Note note(int number) {
    return new Note(new UUID(0, number), Map.of(Note.TYPE, "model_plan", Note.MODEL, "m"));
  }
}
