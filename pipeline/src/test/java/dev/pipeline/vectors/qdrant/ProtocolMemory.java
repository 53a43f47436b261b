package dev.pipeline.vectors.qdrant;

import com.google.protobuf.Message;
import io.grpc.Status;
import io.qdrant.client.grpc.Collections.Distance;
import io.qdrant.client.grpc.Collections.PayloadSchemaType;
import io.qdrant.client.grpc.Common.Condition;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.JsonWithInt.Value;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;

/** What the protocol server holds. */
public final class ProtocolMemory {
  /** As Qdrant pages: numbers first, then UUIDs. */
  static final Comparator<PointId> BY_ID =
      Comparator.comparing(PointId::hasUuid)
          .thenComparing(PointId::getNum, Long::compareUnsigned)
          .thenComparing(PointId::getUuid);

  /** One point, its vector at length 1, as Qdrant keeps it for cosines. */
  record Stored(double[] vector, Map<String, Value> payload) {}

  /** One collection. */
  record Held(
      int size,
      Distance distance,
      Map<PointId, Stored> points,
      Map<String, PayloadSchemaType> indexes) {}

  private final Map<String, Held> collections = new TreeMap<>();

  synchronized Map<String, Held> all() {
    return collections;
  }

  /** Payload keys that are indexed, with their kind. */
  public synchronized Map<String, PayloadSchemaType> indexes(String name) {
    return Map.copyOf(held(name).indexes());
  }

  /** How many points a collection has. */
  public synchronized int points(String name) {
    return held(name).points().size();
  }

  synchronized void create(String name, int size, Distance distance) {
    if (collections.containsKey(name)) {
      throw Status.ALREADY_EXISTS
          .withDescription("Wrong input: Collection `" + name + "` already exists!")
          .asRuntimeException();
    }
    collections.put(
        name, new Held(size, distance, new ConcurrentSkipListMap<>(BY_ID), new TreeMap<>()));
  }

  synchronized Held held(String name) {
    Held held = collections.get(name);
    if (held == null) {
      throw Status.NOT_FOUND
          .withDescription("Not found: Collection `" + name + "` doesn't exist!")
          .asRuntimeException();
    }
    return held;
  }

  static RuntimeException wrong(String why) {
    return Status.INVALID_ARGUMENT.withDescription("Wrong input: " + why).asRuntimeException();
  }

  /** A field that the published schema does not have is refused, at the first level. */
  static void requireKnown(Message message) {
    if (!message.getUnknownFields().asMap().isEmpty()) {
      throw wrong("unknown fields");
    }
  }

  static PointId id(PointId id) {
    if (id.hasUuid()) {
      try {
        return id.toBuilder().setUuid(UUID.fromString(id.getUuid()).toString()).build();
      } catch (IllegalArgumentException e) {
        throw wrong("Unable to parse UUID: " + id.getUuid());
      }
    }
    if (!id.hasNum()) {
      throw wrong("Malformed message: no id");
    }
    return id;
  }

  /** Only what the client sends: all of some exact texts. */
  static boolean passes(Map<String, Value> payload, Filter filter) {
    if (filter.getShouldCount() + filter.getMustNotCount() > 0 || filter.hasMinShould()) {
      throw wrong("this server knows only must");
    }
    return filter.getMustList().stream().allMatch(condition -> passes(payload, condition));
  }

  private static boolean passes(Map<String, Value> payload, Condition condition) {
    if (!condition.hasField() || !condition.getField().getMatch().hasKeyword()) {
      throw wrong("this server knows only keyword matches");
    }
    String wanted = condition.getField().getMatch().getKeyword();
    Value value = payload.get(condition.getField().getKey());
    if (value == null) {
      return false;
    }
    return value.hasListValue()
        ? value.getListValue().getValuesList().stream()
            .anyMatch(item -> item.hasStringValue() && item.getStringValue().equals(wanted))
        : value.hasStringValue() && value.getStringValue().equals(wanted);
  }
}
