package dev.pipeline.model;

import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.Json;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes a folder with Phi-4's config and weights of zeros in sparse files. */
public final class SparsePhiFour {
  private static final Map<String, Object> CONFIG =
      Map.ofEntries(
          Map.entry("architectures", List.of("Phi3ForCausalLM")),
          Map.entry("model_type", "phi3"),
          Map.entry("hidden_act", "silu"),
          Map.entry("hidden_size", 5120),
          Map.entry("intermediate_size", 17920),
          Map.entry("max_position_embeddings", 16384),
          Map.entry("original_max_position_embeddings", 16384),
          Map.entry("num_attention_heads", 40),
          Map.entry("num_hidden_layers", 40),
          Map.entry("num_key_value_heads", 10),
          Map.entry("rms_norm_eps", 1e-5),
          Map.entry("rope_theta", 250000),
          Map.entry("tie_word_embeddings", false),
          Map.entry("vocab_size", 100352));

  private SparsePhiFour() {}

  /** Writes config.json, the index and one shard for each eight layers. */
  public static void write(Path folder) throws IOException {
    AtomicFiles.writeString(folder.resolve("config.json"), Json.pretty(CONFIG));
    Architecture architecture = new Phi3();
    DecoderShape shape = architecture.shape(Json.mapper().valueToTree(CONFIG), "config.json");
    Map<String, Map<String, long[]>> shards = new LinkedHashMap<>();
    Map<String, String> index = new LinkedHashMap<>();
    DecoderLoader.expectedShapes(architecture, shape, shape.layers())
        .forEach(
            (name, sizes) -> {
              String layer = name.replaceAll("^model\\.layers\\.(\\d+)\\..*$", "$1");
              int number = layer.equals(name) ? 0 : 1 + Integer.parseInt(layer) / 8;
              String shard = "model-%05d-of-00006.safetensors".formatted(number + 1);
              shards.computeIfAbsent(shard, key -> new LinkedHashMap<>()).put(name, sizes);
              index.put(name, shard);
            });
    for (Map.Entry<String, Map<String, long[]>> shard : shards.entrySet()) {
      writeShard(folder.resolve(shard.getKey()), shard.getValue());
    }
    AtomicFiles.writeString(
        folder.resolve("model.safetensors.index.json"), Json.pretty(Map.of("weight_map", index)));
  }

  private static void writeShard(Path file, Map<String, long[]> tensors) throws IOException {
    Map<String, Object> header = new LinkedHashMap<>();
    long offset = 0;
    for (Map.Entry<String, long[]> tensor : tensors.entrySet()) {
      long bytes = Arrays.stream(tensor.getValue()).reduce(2, Math::multiplyExact);
      header.put(
          tensor.getKey(),
          Map.of(
              "dtype", "BF16",
              "shape", tensor.getValue(),
              "data_offsets", List.of(offset, offset + bytes)));
      offset += bytes;
    }
    byte[] json = Json.line(header).getBytes(StandardCharsets.UTF_8);
    int padded = (json.length + 7) / 8 * 8;
    byte[] start = new byte[8 + padded];
    Arrays.fill(start, (byte) ' ');
    ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).putLong(padded).put(json);
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.write(start);
      out.setLength(start.length + offset);
    }
  }
}
