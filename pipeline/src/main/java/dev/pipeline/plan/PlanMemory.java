package dev.pipeline.plan;

import dev.pipeline.config.MemoryConfig;
import dev.pipeline.embed.Embedder;
import dev.pipeline.embed.Embedders;
import dev.pipeline.io.ExclusiveFile;
import dev.pipeline.io.Failure;
import dev.pipeline.vectors.VectorStore;
import dev.pipeline.vectors.VectorStores;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Plan memory as points with vectors: files, or a Qdrant server, with the same semantics. */
public final class PlanMemory implements PlanStore {
  private static final Logger LOG = LoggerFactory.getLogger(PlanMemory.class);
  private static final Map<String, String> PLANS = Map.of(Note.TYPE, PlanRecord.DOCUMENT_TYPE);
  private static final Comparator<Learning> NEWEST_LEARNING_FIRST =
      Comparator.comparing(Learning::createdAt, Comparator.reverseOrder())
          .thenComparing(Learning::id);

  private final VectorStore store;
  private final OutboxNotes notes;

  /**
   * Plan memory in the collection {@code name} of {@code store}, which is opened when it is first
   * needed and closed with this.
   *
   * @param folder where what waits lies on this machine
   */
  public PlanMemory(VectorStore store, String name, Embedder embedder, Path folder) {
    this.store = store;
    ExclusiveFile edits = new ExclusiveFile(folder.resolve("outbox.lock"));
    Outbox outbox = new Outbox(folder.resolve("outbox.jsonl"));
    this.notes =
        new OutboxNotes(
            outbox,
            edits,
            new ExclusiveFile(folder.resolve("delivery.lock")),
            () -> new VectorNotes(store.open(name, embedder), embedder));
    Path former = folder.resolveSibling(".plans").resolve("plans.jsonl");
    if (Files.exists(former)) {
      edits.hold(
          () -> {
            FormerPlans.moveTo(outbox, former);
            return former;
          });
    }
  }

  /**
   * The plan memory that {@code config} asks for.
   *
   * @param folder of collections and of what waits
   */
  public static PlanMemory of(MemoryConfig config, Path folder) {
    return new PlanMemory(
        VectorStores.of(config, folder), config.planCollection(), Embedders.of(config), folder);
  }

  @Override
  public PlanRecord record(PlanRecord plan) {
    return PlanRecord.of(notes.put(plan.note()));
  }

  @Override
  public Optional<PlanRecord> find(UUID id) {
    return notes
        .get(id)
        .filter(note -> note.text(Note.TYPE).equals(PlanRecord.DOCUMENT_TYPE))
        .map(PlanRecord::of);
  }

  @Override
  public List<PlanRecord> fetch(String modelName, int limit) {
    return plans(Map.of(Note.TYPE, PlanRecord.DOCUMENT_TYPE, Note.MODEL, modelName), limit);
  }

  @Override
  public List<PlanRecord> list(int limit) {
    return plans(PLANS, limit);
  }

  private List<PlanRecord> plans(Map<String, String> filter, int limit) {
    return upToDate().all(filter).stream()
        .flatMap(note -> read(note, PlanRecord::of).stream())
        .sorted(NEWEST_FIRST)
        .limit(limit)
        .toList();
  }

  @Override
  public List<Match> search(String query, int limit) {
    return upToDate().search(query, PLANS, limit).stream()
        .flatMap(
            found ->
                read(found.note(), PlanRecord::of)
                    .map(plan -> new Match(plan, found.similarity()))
                    .stream())
        .toList();
  }

  @Override
  public Learning learn(Learning learning) {
    return Learning.of(notes.put(learning.note()));
  }

  @Override
  public List<Learning> learnings(String type, int limit) {
    return upToDate().all(Map.of(Note.TYPE, type)).stream()
        .flatMap(note -> read(note, Learning::of).stream())
        .sorted(NEWEST_LEARNING_FIRST)
        .limit(limit)
        .toList();
  }

  @Override
  public List<Lesson> searchLearnings(String type, String query, int limit) {
    return upToDate().search(query, Map.of(Note.TYPE, type), limit).stream()
        .flatMap(
            found ->
                read(found.note(), Learning::of)
                    .map(learning -> new Lesson(learning, found.similarity()))
                    .stream())
        .toList();
  }

  @Override
  public Delivery sync() {
    OutboxNotes.Drained drained = notes.drain(OutboxNotes.TURN);
    Failure trouble = drained.trouble();
    return new Delivery(
        store.place(),
        drained.delivered().size(),
        drained.left().size(),
        trouble == null ? "" : trouble.reason());
  }

  @Override
  public int waiting() {
    return notes.waiting().size();
  }

  @Override
  public void close() {
    store.close();
  }

  /** Who reads sees what was written before; a store that is away fails the reading itself. */
  private Notes upToDate() {
    if (!notes.waiting().isEmpty()) {
      notes.drain(Duration.ZERO);
    }
    return notes;
  }

  /** Others write into the same collection; what breaks the contract is named, and left out. */
  private static <T> Optional<T> read(Note note, Function<Note, T> reader) {
    try {
      return Optional.of(reader.apply(note));
    } catch (Failure e) {
      LOG.warn("point {} is left out: {}", note.id(), e.reason());
      return Optional.empty();
    }
  }
}
