package dev.pipeline.plan;

import dev.pipeline.embed.Embedder;
import dev.pipeline.io.Failure;
import dev.pipeline.vectors.Entry;
import dev.pipeline.vectors.Point;
import dev.pipeline.vectors.VectorCollection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Notes as points of a collection, embedded or on a server. */
final class VectorNotes implements Notes {
  private final VectorCollection points;
  private final Embedder embedder;

  VectorNotes(VectorCollection points, Embedder embedder) {
    this.points = points;
    this.embedder = embedder;
  }

  @Override
  public Note put(Note note) {
    Note known = get(note.id()).orElse(null);
    Note stored = known == null ? note : note.dated(known.text(Note.CREATED));
    if (known != null) {
      requireSameModel(known, note);
    }
    if (!stored.equals(known)) {
      points.put(
          List.of(new Point(stored.id(), stored.payload(), embedder.embed(stored.meaning()))));
    }
    return stored;
  }

  static void requireSameModel(Note known, Note note) {
    if (!known.text(Note.MODEL).equals(note.text(Note.MODEL))) {
      throw Failure.refused(
          "plan %s is of %s, not %s"
              .formatted(note.id(), known.text(Note.MODEL), note.text(Note.MODEL)),
          "give the plan an id of its own, any UUID");
    }
  }

  @Override
  public Optional<Note> get(UUID id) {
    return points.get(List.of(id)).stream().findFirst().map(VectorNotes::note);
  }

  @Override
  public List<Note> all(Map<String, String> filter) {
    return points.all(filter).stream().map(VectorNotes::note).toList();
  }

  @Override
  public List<Found> search(String question, Map<String, String> filter, int limit) {
    return points.search(embedder.embed(question), filter, limit).stream()
        .filter(hit -> hit.similarity() > 0)
        .map(hit -> new Found(note(hit.entry()), hit.similarity()))
        .toList();
  }

  private static Note note(Entry entry) {
    return new Note(entry.id(), entry.payload());
  }
}
