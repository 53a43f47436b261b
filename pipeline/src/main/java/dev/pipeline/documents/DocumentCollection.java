package dev.pipeline.documents;

import dev.pipeline.data.redact.Identities;
import dev.pipeline.data.redact.RedactionSession;
import dev.pipeline.data.redact.Redactors;
import dev.pipeline.embed.Embedder;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Hashes;
import dev.pipeline.io.NameUuid;
import dev.pipeline.io.Progress;
import dev.pipeline.io.StopSignal;
import dev.pipeline.vectors.Entry;
import dev.pipeline.vectors.Point;
import dev.pipeline.vectors.VectorCollection;
import dev.pipeline.vectors.VectorStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/** Documents as redacted pieces with vectors, which a question finds again. */
public final class DocumentCollection {
  private static final UUID NAMESPACE = UUID.fromString("f2a8e3c4-1d0b-5f0e-8a55-7b0a4d6c9e21");
  private static final String TYPE = "document";
  private static final Map<String, String> DOCUMENTS = Map.of("document_type", TYPE);
  private static final int BATCH = 32;

  private final String name;
  private final Embedder embedder;
  private final VectorCollection points;

  private DocumentCollection(String name, Embedder embedder, VectorCollection points) {
    this.name = name;
    this.embedder = embedder;
    this.points = points;
  }

  /** The collection {@code name}, made where it does not exist. */
  public static DocumentCollection open(VectorStore store, Embedder embedder, String name) {
    return new DocumentCollection(name, embedder, store.open(name, embedder));
  }

  /** The collection {@code name}, which must exist. */
  public static DocumentCollection existing(VectorStore store, Embedder embedder, String name) {
    if (!store.names().contains(name)) {
      throw Failure.usage(
          "there is no collection '" + name.replaceAll("\\p{Cntrl}", "?") + "' in " + store.place(),
          "fill one with pipeline data ingest DIR --collection NAME");
    }
    return open(store, embedder, name);
  }

  /**
   * Makes the collection hold what {@code folder} holds now. Pieces that are there already are not
   * embedded again, those of vanished text are removed last; stopped in between, the next call goes
   * on.
   *
   * @param personas names that are no person's and stay
   */
  public Ingested ingest(Path folder, Set<String> personas, Progress progress, StopSignal stop) {
    if (!Files.isDirectory(folder)) {
      throw Failure.usage("there is no folder " + folder, "name a folder of text files or code");
    }
    Set<UUID> known =
        points.all(DOCUMENTS).stream()
            .map(Entry::id)
            .collect(Collectors.toCollection(HashSet::new));
    List<String> skipped = new ArrayList<>();
    List<Path> files = TextFiles.below(folder);
    Set<UUID> present = new HashSet<>();
    Batch fresh = new Batch();
    int read = 0;
    for (Path file : files) {
      String path = folder.relativize(file).toString().replace('\\', '/');
      String text = TextFiles.read(file).orElse(null);
      if (text == null) {
        skipped.add(path);
      } else {
        pieces(path, redacted(text, personas))
            .forEach(
                (id, payload) -> {
                  if (present.add(id) && !known.contains(id)) {
                    fresh.add(id, payload);
                  }
                });
      }
      read++;
      progress.at(read, files.size(), fresh.total + " pieces embedded");
      if (stop.isRequested()) {
        fresh.flush();
        throw Failure.interrupted("stopped; " + fresh.total + " pieces are kept", "run it again");
      }
    }
    fresh.flush();
    List<UUID> vanished = known.stream().filter(id -> !present.contains(id)).toList();
    points.delete(vanished);
    return new Ingested(
        name,
        files.size() - skipped.size(),
        present.size(),
        fresh.total,
        present.size() - fresh.total,
        vanished.size(),
        skipped);
  }

  /** Up to {@code limit} pieces, the most similar to {@code question} first. */
  public List<Passage> search(String question, int limit) {
    return points.search(embedder.embed(question), DOCUMENTS, limit).stream()
        .map(Passage::of)
        .toList();
  }

  private static String redacted(String text, Set<String> personas) {
    return new RedactionSession(Redactors.all(personas), Identities.none())
        .redact(Secrets.removedFrom(text));
  }

  /** Payloads by an id that follows from place and text. */
  private static Map<UUID, Map<String, Object>> pieces(String path, String text) {
    Map<UUID, Map<String, Object>> pieces = new LinkedHashMap<>();
    for (Chunk chunk : Chunk.of(text)) {
      Map<String, Object> payload = new TreeMap<>(DOCUMENTS);
      payload.put("path", path);
      payload.put("first_line", chunk.firstLine());
      payload.put("last_line", chunk.lastLine());
      payload.put("text", chunk.text());
      payload.put("source", "ingest");
      String identity =
          String.join(
              "\n",
              path,
              Integer.toString(chunk.firstLine()),
              Integer.toString(chunk.lastLine()),
              Hashes.sha256(chunk.text()));
      pieces.put(NameUuid.of(NAMESPACE, identity), payload);
    }
    return pieces;
  }

  /** Pieces on their way, embedded and stored some at a time. */
  private final class Batch {
    private final Map<UUID, Map<String, Object>> waiting = new LinkedHashMap<>();
    private int total;

    void add(UUID id, Map<String, Object> payload) {
      waiting.put(id, payload);
      total++;
      if (waiting.size() == BATCH) {
        flush();
      }
    }

    void flush() {
      List<float[]> vectors =
          embedder.embed(
              waiting.values().stream()
                  .map(payload -> String.valueOf(payload.get("text")))
                  .toList());
      List<Point> ready = new ArrayList<>();
      int next = 0;
      for (Map.Entry<UUID, Map<String, Object>> piece : waiting.entrySet()) {
        ready.add(new Point(piece.getKey(), piece.getValue(), vectors.get(next++)));
      }
      points.put(ready);
      waiting.clear();
    }
  }
}
