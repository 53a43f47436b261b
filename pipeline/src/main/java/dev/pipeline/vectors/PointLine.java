package dev.pipeline.vectors;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One line of a collection's log: a point, or that it is gone.
 *
 * @param payload null where the point is gone
 * @param vector 32-bit floats, little-endian, in Base64; null where the point is gone
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record PointLine(UUID id, @Nullable Map<String, Object> payload, @Nullable String vector) {
  static PointLine of(Point point) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Float.BYTES * point.vector().length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(point.vector());
    return new PointLine(
        point.id(), point.payload(), Base64.getEncoder().encodeToString(bytes.array()));
  }

  static PointLine gone(UUID id) {
    return new PointLine(id, null, null);
  }

  /**
   * Refuses a line that is no point of {@code dimensions} numbers; the error names {@code origin}.
   */
  static PointLine parse(String line, int dimensions, String origin) {
    PointLine parsed = Json.parse(line, PointLine.class, origin);
    if (parsed.id() == null || (parsed.payload() == null) != (parsed.vector() == null)) {
      throw unreadable(origin, "a point lacks a part");
    }
    if (parsed.vector() != null) {
      checkVector(parsed.vector(), dimensions, origin);
    }
    return parsed;
  }

  private static void checkVector(String vector, int dimensions, String origin) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(vector);
    } catch (IllegalArgumentException notBase64) {
      throw unreadable(origin, "its vector is not Base64");
    }
    if (bytes.length != Float.BYTES * dimensions) {
      throw unreadable(
          origin,
          "its vector has "
              + bytes.length
              + " bytes, not "
              + Float.BYTES * dimensions
              + " for "
              + dimensions
              + " numbers");
    }
  }

  private static Failure unreadable(String origin, String fault) {
    return Failure.refused(
        "cannot parse " + origin + ": " + fault, "remove the line, or the collection");
  }

  String json() {
    return Json.line(this);
  }

  void applyTo(Map<UUID, Point> points) {
    if (payload == null || vector == null) {
      points.remove(id);
    } else {
      points.put(id, new Point(id, payload, decoded(vector)));
    }
  }

  private static float[] decoded(String vector) {
    byte[] bytes = Base64.getDecoder().decode(vector);
    float[] numbers = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(numbers);
    return numbers;
  }
}
