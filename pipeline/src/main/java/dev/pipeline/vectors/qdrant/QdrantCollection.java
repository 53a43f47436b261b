package dev.pipeline.vectors.qdrant;

import dev.pipeline.vectors.Entry;
import dev.pipeline.vectors.Hit;
import dev.pipeline.vectors.Point;
import dev.pipeline.vectors.VectorCollection;
import io.qdrant.client.ConditionFactory;
import io.qdrant.client.PointIdFactory;
import io.qdrant.client.QdrantClient;
import io.qdrant.client.QueryFactory;
import io.qdrant.client.VectorsFactory;
import io.qdrant.client.WithPayloadSelectorFactory;
import io.qdrant.client.WithVectorsSelectorFactory;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.RetrievedPoint;
import io.qdrant.client.grpc.Points.ScrollPoints;
import io.qdrant.client.grpc.Points.ScrollResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One collection on a Qdrant server. Writes are waited for until they are applied. */
final class QdrantCollection implements VectorCollection {
  /** Points a call; far below the 4 MiB that gRPC takes at most, with vectors of 4096 numbers. */
  private static final int BATCH = 100;

  /** Payloads a call, for gRPC's same bound on what comes back. */
  private static final int PAGE = 64;

  private final String name;
  private final QdrantClient client;
  private final Calls calls;
  private final Duration timeout;

  QdrantCollection(String name, QdrantClient client, Calls calls, Duration timeout) {
    this.name = name;
    this.client = client;
    this.calls = calls;
    this.timeout = timeout;
  }

  @Override
  public void put(List<Point> points) {
    for (int from = 0; from < points.size(); from += BATCH) {
      List<PointStruct> batch =
          points.subList(from, Math.min(from + BATCH, points.size())).stream()
              .map(QdrantCollection::struct)
              .toList();
      // The client waits for the points to be applied.
      calls.answer(() -> client.upsertAsync(name, batch, timeout));
    }
  }

  @Override
  public void delete(Collection<UUID> ids) {
    for (List<PointId> batch : batches(ids)) {
      calls.answer(() -> client.deleteAsync(name, batch, timeout));
    }
  }

  @Override
  public List<Entry> get(Collection<UUID> ids) {
    List<Entry> entries = new ArrayList<>();
    for (List<PointId> batch : batches(ids)) {
      calls
          .answer(
              () ->
                  client.retrieveAsync(
                      name,
                      batch,
                      WithPayloadSelectorFactory.enable(true),
                      WithVectorsSelectorFactory.enable(false),
                      null,
                      timeout))
          .forEach(point -> entries.add(entry(point)));
    }
    return entries;
  }

  @Override
  public List<Entry> all(Map<String, String> filter) {
    List<Entry> entries = new ArrayList<>();
    @Nullable PointId next = null;
    do {
      ScrollPoints.Builder page =
          ScrollPoints.newBuilder()
              .setCollectionName(name)
              .setLimit(PAGE)
              .setWithPayload(WithPayloadSelectorFactory.enable(true));
      if (!filter.isEmpty()) {
        page.setFilter(filter(filter));
      }
      if (next != null) {
        page.setOffset(next);
      }
      ScrollPoints asked = page.build();
      ScrollResponse answer = calls.answer(() -> client.scrollAsync(asked, timeout));
      answer.getResultList().forEach(point -> entries.add(entry(point)));
      next = answer.hasNextPageOffset() ? answer.getNextPageOffset() : null;
    } while (next != null);
    return entries;
  }

  @Override
  public List<Hit> search(float[] question, Map<String, String> filter, int limit) {
    QueryPoints.Builder query =
        QueryPoints.newBuilder()
            .setCollectionName(name)
            .setQuery(QueryFactory.nearest(question))
            .setLimit(limit)
            .setWithPayload(WithPayloadSelectorFactory.enable(true));
    if (!filter.isEmpty()) {
      query.setFilter(filter(filter));
    }
    QueryPoints asked = query.build();
    return calls.answer(() -> client.queryAsync(asked, timeout)).stream()
        .map(point -> new Hit(entry(point.getId(), point.getPayloadMap()), point.getScore()))
        .toList();
  }

  private static PointStruct struct(Point point) {
    return PointStruct.newBuilder()
        .setId(PointIdFactory.id(point.id()))
        .setVectors(VectorsFactory.vectors(point.vector()))
        .putAllPayload(Values.of(point.payload()))
        .build();
  }

  private static Filter filter(Map<String, String> wanted) {
    Filter.Builder filter = Filter.newBuilder();
    wanted.forEach((key, value) -> filter.addMust(ConditionFactory.matchKeyword(key, value)));
    return filter.build();
  }

  private static List<List<PointId>> batches(Collection<UUID> ids) {
    List<PointId> all = ids.stream().distinct().map(PointIdFactory::id).toList();
    List<List<PointId>> batches = new ArrayList<>();
    for (int from = 0; from < all.size(); from += PAGE) {
      batches.add(all.subList(from, Math.min(from + PAGE, all.size())));
    }
    return batches;
  }

  private static Entry entry(RetrievedPoint point) {
    return entry(point.getId(), point.getPayloadMap());
  }

  /** Others may number their points; ours have UUIDs. */
  private static Entry entry(PointId id, Map<String, Value> payload) {
    UUID uuid = id.hasUuid() ? UUID.fromString(id.getUuid()) : new UUID(0, id.getNum());
    return new Entry(uuid, Values.payload(payload));
  }
}
