package dev.pipeline.vectors.qdrant;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.qdrant.client.grpc.Collections.CollectionConfig;
import io.qdrant.client.grpc.Collections.CollectionDescription;
import io.qdrant.client.grpc.Collections.CollectionExists;
import io.qdrant.client.grpc.Collections.CollectionExistsRequest;
import io.qdrant.client.grpc.Collections.CollectionExistsResponse;
import io.qdrant.client.grpc.Collections.CollectionInfo;
import io.qdrant.client.grpc.Collections.CollectionOperationResponse;
import io.qdrant.client.grpc.Collections.CollectionParams;
import io.qdrant.client.grpc.Collections.CollectionStatus;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.GetCollectionInfoRequest;
import io.qdrant.client.grpc.Collections.GetCollectionInfoResponse;
import io.qdrant.client.grpc.Collections.ListCollectionsRequest;
import io.qdrant.client.grpc.Collections.ListCollectionsResponse;
import io.qdrant.client.grpc.Collections.PayloadSchemaInfo;
import io.qdrant.client.grpc.Collections.VectorParams;
import io.qdrant.client.grpc.Collections.VectorsConfig;
import io.qdrant.client.grpc.CollectionsGrpc.CollectionsImplBase;

/** Qdrant's service of collections, as far as the product uses it; the rest is unimplemented. */
final class ProtocolCollections extends CollectionsImplBase {
  private final ProtocolMemory memory;

  ProtocolCollections(ProtocolMemory memory) {
    this.memory = memory;
  }

  @Override
  public void create(CreateCollection request, StreamObserver<CollectionOperationResponse> answer) {
    try {
      ProtocolMemory.requireKnown(request);
      VectorParams params = request.getVectorsConfig().getParams();
      if (params.getSize() < 1 || params.getSize() > 65_536) {
        throw ProtocolMemory.wrong("vector size must be between 1 and 65536");
      }
      memory.create(request.getCollectionName(), (int) params.getSize(), params.getDistance());
      answer.onNext(CollectionOperationResponse.newBuilder().setResult(true).build());
      answer.onCompleted();
    } catch (StatusRuntimeException e) {
      answer.onError(e);
    }
  }

  @Override
  public void collectionExists(
      CollectionExistsRequest request, StreamObserver<CollectionExistsResponse> answer) {
    boolean exists = memory.all().containsKey(request.getCollectionName());
    answer.onNext(
        CollectionExistsResponse.newBuilder()
            .setResult(CollectionExists.newBuilder().setExists(exists))
            .build());
    answer.onCompleted();
  }

  @Override
  public void list(ListCollectionsRequest request, StreamObserver<ListCollectionsResponse> answer) {
    ListCollectionsResponse.Builder names = ListCollectionsResponse.newBuilder();
    memory
        .all()
        .keySet()
        .forEach(name -> names.addCollections(CollectionDescription.newBuilder().setName(name)));
    answer.onNext(names.build());
    answer.onCompleted();
  }

  @Override
  public void get(
      GetCollectionInfoRequest request, StreamObserver<GetCollectionInfoResponse> answer) {
    try {
      ProtocolMemory.Held held = memory.held(request.getCollectionName());
      VectorParams params =
          VectorParams.newBuilder().setSize(held.size()).setDistance(held.distance()).build();
      CollectionInfo.Builder info =
          CollectionInfo.newBuilder()
              .setStatus(CollectionStatus.Green)
              .setConfig(
                  CollectionConfig.newBuilder()
                      .setParams(
                          CollectionParams.newBuilder()
                              .setVectorsConfig(VectorsConfig.newBuilder().setParams(params))));
      held.indexes()
          .forEach(
              (field, kind) ->
                  info.putPayloadSchema(
                      field, PayloadSchemaInfo.newBuilder().setDataType(kind).build()));
      answer.onNext(GetCollectionInfoResponse.newBuilder().setResult(info).build());
      answer.onCompleted();
    } catch (StatusRuntimeException e) {
      answer.onError(e);
    }
  }
}
