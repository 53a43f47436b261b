package dev.pipeline.vectors.qdrant;

import io.qdrant.client.ValueFactory;
import io.qdrant.client.grpc.JsonWithInt.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** JSON values as Qdrant's payloads have them, and back. */
final class Values {
  private Values() {}

  static Map<String, Value> of(Map<?, ?> payload) {
    Map<String, Value> values = new TreeMap<>();
    payload.forEach((key, value) -> values.put(String.valueOf(key), of(value)));
    return values;
  }

  private static Value of(Object value) {
    if (value instanceof Map<?, ?> map) {
      return ValueFactory.value(of(map));
    } else if (value instanceof List<?> list) {
      List<Value> values = new ArrayList<>();
      list.forEach(item -> values.add(of(item)));
      return ValueFactory.list(values);
    } else if (value instanceof Boolean truth) {
      return ValueFactory.value(truth);
    } else if (value instanceof Integer || value instanceof Long) {
      return ValueFactory.value(((Number) value).longValue());
    } else if (value instanceof Number number) {
      return ValueFactory.value(number.doubleValue());
    }
    return ValueFactory.value(String.valueOf(value));
  }

  /** Whole numbers take the type in which JSON gives them back; what is null is left out. */
  static Map<String, Object> payload(Map<String, Value> values) {
    Map<String, Object> payload = new TreeMap<>();
    values.forEach(
        (key, value) -> {
          if (!isNull(value)) {
            payload.put(key, plain(value));
          }
        });
    return payload;
  }

  private static boolean isNull(Value value) {
    return value.hasNullValue() || value.getKindCase() == Value.KindCase.KIND_NOT_SET;
  }

  private static Object plain(Value value) {
    return switch (value.getKindCase()) {
      case STRUCT_VALUE -> payload(value.getStructValue().getFieldsMap());
      case LIST_VALUE ->
          value.getListValue().getValuesList().stream()
              .filter(item -> !isNull(item))
              .map(Values::plain)
              .toList();
      case BOOL_VALUE -> value.getBoolValue();
      case INTEGER_VALUE -> whole(value.getIntegerValue());
      case DOUBLE_VALUE -> value.getDoubleValue();
      default -> value.getStringValue();
    };
  }

  private static Number whole(long number) {
    if (number == (int) number) {
      return (int) number;
    }
    return number;
  }
}
