package dev.pipeline.plan;

import io.qdrant.client.ConditionFactory;
import io.qdrant.client.PointIdFactory;
import io.qdrant.client.QdrantClient;
import io.qdrant.client.QdrantGrpcClient;
import io.qdrant.client.ValueFactory;
import io.qdrant.client.VectorsFactory;
import io.qdrant.client.WithPayloadSelectorFactory;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.RetrievedPoint;
import io.qdrant.client.grpc.Points.ScrollPoints;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What an agent does, written from the contract that agents keep and from the client alone: none of
 * the product's classes. {@code fetch_model_plans} scrolls with a filter, sorts by {@code
 * created_at} as text, and returns payloads.
 */
final class ContractReader {
  private final URI server;

  ContractReader(URI server) {
    this.server = server;
  }

  List<Map<String, Object>> fetchModelPlans(String modelName, int limit) throws Exception {
    try (QdrantClient client = client()) {
      ScrollPoints scroll =
          ScrollPoints.newBuilder()
              .setCollectionName("learning")
              .setFilter(
                  Filter.newBuilder()
                      .addMust(ConditionFactory.matchKeyword("document_type", "model_plan"))
                      .addMust(ConditionFactory.matchKeyword("model_name", modelName)))
              .setLimit(10_000)
              .setWithPayload(WithPayloadSelectorFactory.enable(true))
              .build();
      List<Map<String, Object>> plans = new ArrayList<>();
      for (RetrievedPoint point : client.scrollAsync(scroll).get().getResultList()) {
        plans.add(plain(point.getPayloadMap()));
      }
      plans.sort(
          Comparator.comparing((Map<String, Object> plan) -> (String) plan.get("created_at"))
              .reversed());
      return plans.subList(0, Math.min(limit, plans.size()));
    }
  }

  void recordModelPlan(String modelName, String text, String createdAt, boolean whole)
      throws Exception {
    Map<String, Value> metadata = new TreeMap<>();
    metadata.put("model_name", ValueFactory.value(modelName));
    if (whole) {
      metadata.put("plan_version", ValueFactory.value("9"));
      metadata.put("dataset_counts", ValueFactory.value(Map.of("train", ValueFactory.value(3))));
      metadata.put("deployment_status", ValueFactory.value("planned"));
      metadata.put("owner", ValueFactory.nullValue());
    }
    PointStruct point =
        PointStruct.newBuilder()
            .setId(PointIdFactory.id(UUID.randomUUID()))
            .setVectors(VectorsFactory.vectors(new float[384]))
            .putPayload("document_type", ValueFactory.value("model_plan"))
            .putPayload("model_name", ValueFactory.value(modelName))
            .putPayload("plan_text", ValueFactory.value(text))
            .putPayload("metadata", ValueFactory.value(metadata))
            .putPayload("created_at", ValueFactory.value(createdAt))
            .putPayload("tags", ValueFactory.nullValue())
            .build();
    try (QdrantClient client = client()) {
      client.upsertAsync("learning", List.of(point)).get();
    }
  }

  private QdrantClient client() {
    return new QdrantClient(
        QdrantGrpcClient.newBuilder(server.getHost(), server.getPort(), false, false).build());
  }

  private static Map<String, Object> plain(Map<String, Value> values) {
    Map<String, Object> plain = new TreeMap<>();
    values.forEach((key, value) -> plain.put(key, plain(value)));
    return plain;
  }

  private static Object plain(Value value) {
    return switch (value.getKindCase()) {
      case STRING_VALUE -> value.getStringValue();
      case INTEGER_VALUE -> value.getIntegerValue();
      case DOUBLE_VALUE -> value.getDoubleValue();
      case BOOL_VALUE -> value.getBoolValue();
      case STRUCT_VALUE -> plain(value.getStructValue().getFieldsMap());
      case LIST_VALUE ->
          value.getListValue().getValuesList().stream().map(ContractReader::plain).toList();
      default -> "";
    };
  }
}
