package dev.pipeline.vectors.qdrant;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.qdrant.client.grpc.Collections.PayloadSchemaType;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points.CreateFieldIndexCollection;
import io.qdrant.client.grpc.Points.DeletePoints;
import io.qdrant.client.grpc.Points.FieldType;
import io.qdrant.client.grpc.Points.GetPoints;
import io.qdrant.client.grpc.Points.GetResponse;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.PointsOperationResponse;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.QueryResponse;
import io.qdrant.client.grpc.Points.RetrievedPoint;
import io.qdrant.client.grpc.Points.ScoredPoint;
import io.qdrant.client.grpc.Points.ScrollPoints;
import io.qdrant.client.grpc.Points.ScrollResponse;
import io.qdrant.client.grpc.Points.UpdateResult;
import io.qdrant.client.grpc.Points.UpdateStatus;
import io.qdrant.client.grpc.Points.UpsertPoints;
import io.qdrant.client.grpc.Points.Vector;
import io.qdrant.client.grpc.PointsGrpc.PointsImplBase;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Qdrant's service of points, as far as the product uses it; the rest is unimplemented. */
final class ProtocolPoints extends PointsImplBase {
  private final ProtocolMemory memory;

  ProtocolPoints(ProtocolMemory memory) {
    this.memory = memory;
  }

  @Override
  public void upsert(UpsertPoints request, StreamObserver<PointsOperationResponse> answer) {
    answer(
        answer,
        () -> {
          ProtocolMemory.requireKnown(request);
          ProtocolMemory.Held held = memory.held(request.getCollectionName());
          List<double[]> vectors = new ArrayList<>();
          for (PointStruct point : request.getPointsList()) {
            ProtocolMemory.id(point.getId());
            vectors.add(unit(numbers(point.getVectors().getVector()), held.size()));
          }
          // All of a call or nothing of it.
          for (int i = 0; i < vectors.size(); i++) {
            PointStruct point = request.getPoints(i);
            held.points()
                .put(
                    ProtocolMemory.id(point.getId()),
                    new ProtocolMemory.Stored(vectors.get(i), Map.copyOf(point.getPayloadMap())));
          }
          return done(request.getWait());
        });
  }

  @Override
  public void delete(DeletePoints request, StreamObserver<PointsOperationResponse> answer) {
    answer(
        answer,
        () -> {
          if (!request.getPoints().hasPoints()) {
            throw ProtocolMemory.wrong("this server deletes by id only");
          }
          ProtocolMemory.Held held = memory.held(request.getCollectionName());
          request
              .getPoints()
              .getPoints()
              .getIdsList()
              .forEach(id -> held.points().remove(ProtocolMemory.id(id)));
          return done(request.getWait());
        });
  }

  @Override
  public void createFieldIndex(
      CreateFieldIndexCollection request, StreamObserver<PointsOperationResponse> answer) {
    answer(
        answer,
        () -> {
          if (request.getFieldType() != FieldType.FieldTypeKeyword) {
            throw ProtocolMemory.wrong("this server indexes keywords only");
          }
          memory
              .held(request.getCollectionName())
              .indexes()
              .put(request.getFieldName(), PayloadSchemaType.Keyword);
          return done(request.getWait());
        });
  }

  @Override
  public void get(GetPoints request, StreamObserver<GetResponse> answer) {
    answer(
        answer,
        () -> {
          ProtocolMemory.Held held = memory.held(request.getCollectionName());
          GetResponse.Builder found = GetResponse.newBuilder();
          for (PointId id : request.getIdsList()) {
            ProtocolMemory.Stored stored = held.points().get(ProtocolMemory.id(id));
            if (stored != null) {
              found.addResult(
                  retrieved(ProtocolMemory.id(id), stored, request.getWithPayload().getEnable()));
            }
          }
          return found.build();
        });
  }

  @Override
  public void scroll(ScrollPoints request, StreamObserver<ScrollResponse> answer) {
    answer(
        answer,
        () -> {
          if (request.hasOrderBy() || (request.hasLimit() && request.getLimit() == 0)) {
            throw ProtocolMemory.wrong("this server pages by id, some at a time");
          }
          int limit = request.hasLimit() ? request.getLimit() : 10;
          ScrollResponse.Builder page = ScrollResponse.newBuilder();
          for (var point : memory.held(request.getCollectionName()).points().entrySet()) {
            boolean before =
                request.hasOffset()
                    && ProtocolMemory.BY_ID.compare(
                            point.getKey(), ProtocolMemory.id(request.getOffset()))
                        < 0;
            if (before || !ProtocolMemory.passes(point.getValue().payload(), request.getFilter())) {
              continue;
            }
            if (page.getResultCount() == limit) {
              return page.setNextPageOffset(point.getKey()).build();
            }
            page.addResult(
                retrieved(point.getKey(), point.getValue(), request.getWithPayload().getEnable()));
          }
          return page.build();
        });
  }

  @Override
  public void query(QueryPoints request, StreamObserver<QueryResponse> answer) {
    answer(
        answer,
        () -> {
          if (!request.getQuery().getNearest().hasDense() || request.getPrefetchCount() > 0) {
            throw ProtocolMemory.wrong("this server finds the nearest to a vector only");
          }
          ProtocolMemory.Held held = memory.held(request.getCollectionName());
          double[] question =
              unit(request.getQuery().getNearest().getDense().getDataList(), held.size());
          List<ScoredPoint> scored = new ArrayList<>();
          held.points()
              .forEach(
                  (id, point) -> {
                    if (ProtocolMemory.passes(point.payload(), request.getFilter())) {
                      scored.add(
                          ScoredPoint.newBuilder()
                              .setId(id)
                              .setScore((float) dot(question, point.vector()))
                              .putAllPayload(payload(point, request.getWithPayload().getEnable()))
                              .build());
                    }
                  });
          scored.sort(Comparator.comparingDouble(ScoredPoint::getScore).reversed());
          long limit = request.hasLimit() ? request.getLimit() : 10;
          return QueryResponse.newBuilder()
              .addAllResult(scored.stream().limit(limit).toList())
              .build();
        });
  }

  private static RetrievedPoint retrieved(
      PointId id, ProtocolMemory.Stored stored, boolean withPayload) {
    return RetrievedPoint.newBuilder()
        .setId(id)
        .putAllPayload(payload(stored, withPayload))
        .build();
  }

  private static Map<String, Value> payload(ProtocolMemory.Stored stored, boolean wanted) {
    return wanted ? stored.payload() : Map.of();
  }

  @SuppressWarnings("deprecation") // Qdrant still reads what older clients send.
  private static List<Float> numbers(Vector vector) {
    return vector.hasDense() ? vector.getDense().getDataList() : vector.getDataList();
  }

  private static double[] unit(List<Float> numbers, int size) {
    if (numbers.size() != size) {
      throw ProtocolMemory.wrong(
          "Vector dimension error: expected dim: " + size + ", got " + numbers.size());
    }
    double[] vector = numbers.stream().mapToDouble(Float::doubleValue).toArray();
    double length = Math.sqrt(dot(vector, vector));
    for (int i = 0; i < size && length > 0; i++) {
      vector[i] /= length;
    }
    return vector;
  }

  private static double dot(double[] one, double[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += one[i] * other[i];
    }
    return sum;
  }

  private static PointsOperationResponse done(boolean waited) {
    return PointsOperationResponse.newBuilder()
        .setResult(
            UpdateResult.newBuilder()
                .setStatus(waited ? UpdateStatus.Completed : UpdateStatus.Acknowledged))
        .build();
  }

  private static <T> void answer(StreamObserver<T> observer, Supplier<T> work) {
    try {
      T result = work.get();
      observer.onNext(result);
      observer.onCompleted();
    } catch (StatusRuntimeException e) {
      observer.onError(e);
    }
  }
}
