package dev.pipeline.vectors.qdrant;

import dev.pipeline.embed.Embedder;
import dev.pipeline.io.Failure;
import dev.pipeline.vectors.FileVectorStore;
import dev.pipeline.vectors.VectorCollection;
import dev.pipeline.vectors.VectorStore;
import io.qdrant.client.QdrantClient;
import io.qdrant.client.QdrantGrpcClient;
import io.qdrant.client.grpc.Collections.CollectionInfo;
import io.qdrant.client.grpc.Collections.Distance;
import io.qdrant.client.grpc.Collections.PayloadSchemaType;
import io.qdrant.client.grpc.Collections.VectorParams;
import java.util.List;

/**
 * Collections on a Qdrant server that a team shares.
 *
 * @see <a href="https://qdrant.tech/documentation/">Qdrant's documentation</a>
 */
public final class QdrantVectorStore implements VectorStore {
  /** Payload keys that agents filter by, each indexed as a keyword. */
  public static final List<String> INDEXED =
      List.of(
          "document_type",
          "source",
          "event_type",
          "workflow_id",
          "rfq_id",
          "supplier_id",
          "source_type",
          "model_name");

  private final QdrantAddress server;
  private final QdrantClient client;
  private final Calls calls;

  /** A store that has not connected yet. */
  public QdrantVectorStore(QdrantAddress server) {
    this.server = server;
    // The client's own check of versions is a call without a deadline, made in a constructor.
    QdrantGrpcClient.Builder builder =
        QdrantGrpcClient.newBuilder(server.url().getHost(), server.port(), server.tls(), false)
            .withTimeout(server.timeout());
    server.key().ifPresent(builder::withApiKey);
    this.client = new QdrantClient(builder.build());
    this.calls = new Calls(server, client.grpcClient().channel()::resetConnectBackoff);
  }

  @Override
  public VectorCollection open(String name, Embedder embedder) {
    FileVectorStore.requireName(name);
    if (!calls.answer(() -> client.collectionExistsAsync(name, server.timeout()))) {
      create(name, embedder.dimensions());
    }
    CollectionInfo info = calls.answer(() -> client.getCollectionInfoAsync(name, server.timeout()));
    requireSize(name, info, embedder);
    for (String field : INDEXED) {
      if (!info.containsPayloadSchema(field)) {
        calls.answer(
            () ->
                client.createPayloadIndexAsync(
                    name, field, PayloadSchemaType.Keyword, null, true, null, server.timeout()));
      }
    }
    return new QdrantCollection(name, client, calls, server.timeout());
  }

  @Override
  public List<String> names() {
    return calls.answer(() -> client.listCollectionsAsync(server.timeout())).stream()
        .sorted()
        .toList();
  }

  @Override
  public String place() {
    return "Qdrant at " + server;
  }

  @Override
  public void close() {
    client.close();
  }

  /** Two that make it at once both succeed: what counts is that it is there. */
  private void create(String name, int dimensions) {
    VectorParams cosine =
        VectorParams.newBuilder().setSize(dimensions).setDistance(Distance.Cosine).build();
    try {
      calls.answer(() -> client.createCollectionAsync(name, cosine, server.timeout()));
    } catch (Failure e) {
      if (!calls.answer(() -> client.collectionExistsAsync(name, server.timeout()))) {
        throw e;
      }
    }
  }

  private void requireSize(String name, CollectionInfo info, Embedder embedder) {
    VectorParams found = info.getConfig().getParams().getVectorsConfig().getParams();
    if (found.getSize() != embedder.dimensions() || found.getDistance() != Distance.Cosine) {
      throw Failure.usage(
          "collection %s at %s holds vectors of %d numbers compared by %s; %s makes %d, compared by cosine"
              .formatted(
                  name,
                  server,
                  found.getSize(),
                  found.getDistance(),
                  embedder.name(),
                  embedder.dimensions()),
          "set memory.embedder to what filled it, or memory.plan_collection to another name");
    }
  }
}
