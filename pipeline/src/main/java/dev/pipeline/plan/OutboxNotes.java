package dev.pipeline.plan;

import dev.pipeline.io.ExclusiveFile;
import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Notes that are on the disk before they go to where they belong, so that a server that is away
 * costs nothing but time: they follow with the next write, or with {@link #drain}. One process
 * delivers at a time; nobody who only writes waits for the network of another.
 */
final class OutboxNotes implements Notes {
  /** How long one who writes waits for another's delivery before its note is left to wait. */
  static final Duration TURN = Duration.ofSeconds(10);

  private final Outbox outbox;
  private final ExclusiveFile edits;
  private final ExclusiveFile deliveries;
  private final Supplier<Notes> home;
  private @Nullable Notes opened;

  /**
   * Notes on their way to {@code home}, which is opened when it is first needed.
   *
   * @param edits held for each change of {@code outbox}, never while the network is waited for
   * @param deliveries held while notes are sent
   */
  OutboxNotes(Outbox outbox, ExclusiveFile edits, ExclusiveFile deliveries, Supplier<Notes> home) {
    this.outbox = outbox;
    this.edits = edits;
    this.deliveries = deliveries;
    this.home = home;
  }

  /**
   * What became of the notes that waited.
   *
   * @param delivered as stored
   * @param left those that wait on
   * @param trouble why; null where none is left
   */
  record Drained(List<Note> delivered, List<Note> left, @Nullable Failure trouble) {}

  @Override
  public Note put(Note note) {
    Note queued = edits.hold(() -> queue(note));
    Drained drained = drain(TURN);
    Failure trouble = drained.trouble();
    if (trouble != null && !passes(trouble) && drained.left().contains(queued)) {
      // What will never be taken must not be kept waiting, and fails its step.
      take(List.of(queued));
      throw trouble;
    }
    return drained.delivered().stream()
        .filter(stored -> stored.id().equals(note.id()))
        .reduce((first, last) -> last)
        .orElse(queued);
  }

  private Note queue(Note note) {
    Note queued = note;
    for (Note other : outbox.read()) {
      if (other.id().equals(note.id())) {
        VectorNotes.requireSameModel(other, note);
        queued = note.dated(other.text(Note.CREATED));
      }
    }
    outbox.append(queued);
    return queued;
  }

  /**
   * Delivers what waits, in order, until the server is away; what it refuses waits on.
   *
   * @param patience for somebody else who is at it; then nothing is delivered here
   */
  Drained drain(Duration patience) {
    return deliveries
        .holdWithin(patience, this::deliver)
        .orElseGet(
            () ->
                new Drained(
                    List.of(),
                    waiting(),
                    Failure.infrastructure("another process is delivering", "wait for it", null)));
  }

  private Drained deliver() {
    List<Note> sent = new ArrayList<>();
    List<Note> delivered = new ArrayList<>();
    List<Note> left = new ArrayList<>();
    @Nullable Failure trouble = null;
    for (Note note : edits.hold(outbox::read)) {
      if (trouble != null && passes(trouble)) {
        left.add(note);
        continue;
      }
      try {
        delivered.add(home().put(note));
        sent.add(note);
      } catch (Failure e) {
        trouble = e;
        left.add(note);
      }
    }
    if (!sent.isEmpty()) {
      take(sent);
    }
    return new Drained(delivered, left, trouble);
  }

  /** Takes {@code notes} out; what was added meanwhile stays. */
  private void take(List<Note> notes) {
    edits.hold(
        () -> {
          List<Note> rest = outbox.read();
          notes.forEach(rest::remove);
          outbox.replace(rest);
          return rest;
        });
  }

  /** Those that wait. */
  List<Note> waiting() {
    return outbox.read();
  }

  @Override
  public Optional<Note> get(UUID id) {
    Optional<Note> waits =
        outbox.read().stream().filter(note -> note.id().equals(id)).reduce((first, last) -> last);
    return waits.isPresent() ? waits : home().get(id);
  }

  @Override
  public List<Note> all(Map<String, String> filter) {
    return home().all(filter);
  }

  @Override
  public List<Found> search(String question, Map<String, String> filter, int limit) {
    return home().search(question, filter, limit);
  }

  private synchronized Notes home() {
    if (opened == null) {
      opened = home.get();
    }
    return opened;
  }

  /** Trouble that time mends, not the one who wrote the note. */
  private static boolean passes(Failure trouble) {
    return trouble.exitCode() == ExitCode.INFRASTRUCTURE
        || trouble.exitCode() == ExitCode.INTERRUPTED;
  }
}
