package dev.pipeline.weights.safetensors;

import dev.pipeline.io.Failure;
import dev.pipeline.io.Json;
import dev.pipeline.weights.GitLfsPointer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;

/** Reads the header of one safetensors file and believes none of it before it is checked. */
final class HeaderReader {
  /** The reference implementation's own bound. */
  private static final long MAX_HEADER_BYTES = 100_000_000;

  private static final String METADATA = "__metadata__";
  private static final String FETCH_AGAIN = "fetch the file again; it is damaged or incomplete";

  private final Path path;

  HeaderReader(Path path) {
    this.path = path;
  }

  SafetensorsFile read() throws IOException {
    try (FileChannel channel = FileChannel.open(path)) {
      long size = channel.size();
      refuseLookalikes(readFully(channel, 0, (int) Math.min(size, GitLfsPointer.LENGTH)));
      if (size < 8) {
        throw refused("has " + size + " bytes, too few for a safetensors file");
      }
      long headerBytes =
          ByteBuffer.wrap(readFully(channel, 0, 8)).order(ByteOrder.LITTLE_ENDIAN).getLong();
      if (headerBytes < 2 || headerBytes > MAX_HEADER_BYTES || headerBytes > size - 8) {
        throw refused(
            "announces a header of %s bytes in a file of %d"
                .formatted(Long.toUnsignedString(headerBytes), size));
      }
      JsonNode header = parse(readFully(channel, 8, (int) headerBytes));
      return read(header, 8 + headerBytes, size);
    }
  }

  private SafetensorsFile read(JsonNode header, long dataStart, long fileSize) {
    List<TensorEntry> entries = new ArrayList<>();
    Map<String, String> metadata = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : header.properties()) {
      if (field.getKey().equals(METADATA)) {
        field
            .getValue()
            .properties()
            .forEach(text -> metadata.put(text.getKey(), text.getValue().asString("")));
      } else {
        entries.add(entry(field.getKey(), field.getValue(), dataStart, fileSize));
      }
    }
    entries.sort(
        Comparator.comparingLong(TensorEntry::offset).thenComparingLong(TensorEntry::length));
    refuseOverlapsAndHoles(entries, dataStart, fileSize);
    Map<String, TensorEntry> tensors = new LinkedHashMap<>();
    entries.forEach(entry -> tensors.put(entry.name(), entry));
    return new SafetensorsFile(path, tensors, metadata);
  }

  private TensorEntry entry(String name, JsonNode node, long dataStart, long fileSize) {
    String typeName = node.path("dtype").asString("none");
    ElementType type =
        ElementType.named(typeName)
            .orElseThrow(() -> refused("tensor " + name + " has unknown dtype " + typeName));
    List<Long> shape = integers(name, "shape", node.path("shape"));
    List<Long> range = integers(name, "data_offsets", node.path("data_offsets"));
    if (range.size() != 2 || range.get(0) > range.get(1)) {
      throw refused("tensor " + name + " has data_offsets " + range);
    }
    if (range.get(1) > fileSize - dataStart) {
      throw refused(
          "tensor %s ends at byte %d of %d bytes of data"
              .formatted(name, range.get(1), fileSize - dataStart));
    }
    long length = range.get(1) - range.get(0);
    if (length != bytes(name, type, shape)) {
      throw refused(
          "tensor %s of shape %s and dtype %s cannot have %d bytes"
              .formatted(name, shape, type, length));
    }
    return new TensorEntry(name, type, shape, path, dataStart + range.get(0), length);
  }

  private long bytes(String name, ElementType type, List<Long> shape) {
    try {
      return shape.stream().reduce((long) type.bytes(), Math::multiplyExact);
    } catch (ArithmeticException e) {
      throw refused("tensor " + name + " has the impossible shape " + shape);
    }
  }

  private List<Long> integers(String name, String key, JsonNode array) {
    List<Long> values = new ArrayList<>();
    if (!array.isArray()) {
      throw refused("tensor " + name + " has no list " + key);
    }
    for (JsonNode value : array) {
      if (!value.isIntegralNumber() || !value.canConvertToLong() || value.asLong() < 0) {
        throw refused("tensor " + name + " has " + value + " in " + key);
      }
      values.add(value.asLong());
    }
    return values;
  }

  private void refuseOverlapsAndHoles(List<TensorEntry> sorted, long dataStart, long fileSize) {
    long end = dataStart;
    for (TensorEntry entry : sorted) {
      if (entry.offset() != end) {
        throw refused(
            "tensor %s starts at byte %d where byte %d is due: its data %s"
                .formatted(
                    entry.name(),
                    entry.offset(),
                    end,
                    entry.offset() < end ? "overlap" : "leave a hole"));
      }
      end += entry.length();
    }
    if (end != fileSize) {
      throw refused("has " + (fileSize - end) + " bytes after its last tensor");
    }
  }

  private JsonNode parse(byte[] header) {
    String text = new String(header, StandardCharsets.UTF_8);
    try {
      JsonNode node =
          Json.mapper().reader().with(StreamReadFeature.STRICT_DUPLICATE_DETECTION).readTree(text);
      if (!node.isObject()) {
        throw refused("has a header that is no JSON object");
      }
      return node;
    } catch (JacksonException e) {
      throw refused("has a header that is not JSON: " + Json.fault(e));
    }
  }

  private void refuseLookalikes(byte[] start) {
    GitLfsPointer.refuse(path, start);
    String text = new String(start, StandardCharsets.ISO_8859_1);
    // torch.save writes a zip archive, older versions a bare pickle.
    if (text.startsWith("PK\u0003\u0004") || text.startsWith("\u0080\u0002")) {
      throw PickleGuard.refusal(path);
    }
  }

  private static byte[] readFully(FileChannel channel, long position, int length)
      throws IOException {
    byte[] bytes = new byte[length];
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, position + buffer.position()) < 0) {
        throw new IOException("the file shrank while it was read");
      }
    }
    return bytes;
  }

  private Failure refused(String problem) {
    return Failure.refused(path + " " + problem, FETCH_AGAIN);
  }
}
