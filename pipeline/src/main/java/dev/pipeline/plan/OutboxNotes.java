package dev.pipeline.plan;

import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Notes that are on the disk before they go to where they belong, so that a server that is away
 * costs nothing but time: they follow with the next write, or with {@link #drain}. The caller keeps
 * other processes out.
 */
final class OutboxNotes implements Notes {
  private final Outbox outbox;
  private final Supplier<Notes> home;
  private @Nullable Notes opened;

  /** Notes on their way to {@code home}, which is opened when it is first needed. */
  OutboxNotes(Outbox outbox, Supplier<Notes> home) {
    this.outbox = outbox;
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
    List<Note> waiting = outbox.read();
    Note queued = note;
    for (Note other : waiting) {
      if (other.id().equals(note.id())) {
        VectorNotes.requireSameModel(other, note);
        queued = note.dated(other.text(Note.CREATED));
      }
    }
    outbox.append(queued);
    Drained drained = drain();
    if (drained.trouble() != null && !passes(drained.trouble())) {
      // What will never be taken must not be kept waiting, and fails its step.
      Note refused = queued;
      List<Note> others = drained.left().stream().filter(left -> !left.equals(refused)).toList();
      if (others.size() < drained.left().size()) {
        outbox.replace(others);
        throw drained.trouble();
      }
    }
    return drained.delivered().stream()
        .filter(stored -> stored.id().equals(note.id()))
        .reduce((first, last) -> last)
        .orElse(queued);
  }

  /** Delivers what waits, in order, until the server is away; what it refuses waits on. */
  Drained drain() {
    List<Note> waiting = outbox.read();
    List<Note> delivered = new ArrayList<>();
    List<Note> left = new ArrayList<>();
    @Nullable Failure trouble = null;
    for (Note note : waiting) {
      if (trouble != null && passes(trouble)) {
        left.add(note);
        continue;
      }
      try {
        delivered.add(home().put(note));
      } catch (Failure e) {
        trouble = e;
        left.add(note);
      }
    }
    if (!delivered.isEmpty()) {
      outbox.replace(left);
    }
    return new Drained(delivered, left, trouble);
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
