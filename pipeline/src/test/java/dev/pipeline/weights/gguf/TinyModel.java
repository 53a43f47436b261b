package dev.pipeline.weights.gguf;

import dev.pipeline.weights.TensorContent;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A random model small enough for a test and complete enough for llama.cpp to load: byte-level BPE
 * tokenizer, heads of 64, half as many key-value heads.
 *
 * @param architecture llama, phi3 or qwen2
 * @param layers number of decoder layers
 * @param hidden row length of most matrices
 * @param feedForward row length of {@code ffn_down}
 * @param vocabulary tokens, at least 262
 * @param tied whether the token embedding serves as output
 * @param type type of the matrices: F32, F16 or BF16
 */
public record TinyModel(
    String architecture,
    int layers,
    int hidden,
    int feedForward,
    int vocabulary,
    boolean tied,
    GgmlType type) {
  private static final int HEAD = 64;

  /** The end-of-text token's id. */
  public static final int END_OF_TEXT = 261;

  /** Hidden size and shape of the shipped base model. */
  public static TinyModel like(String architecture, int layers, GgmlType type) {
    return new TinyModel(architecture, layers, 256, 768, 320, false, type);
  }

  /** The keys llama.cpp needs to load the model. */
  public GgufMetadata metadata() {
    String prefix = architecture + ".";
    GgufMetadata metadata =
        GgufMetadata.empty("tiny model")
            .with("general.architecture", GgufValue.text(architecture))
            .with("general.name", GgufValue.text("tiny"))
            .with(prefix + "context_length", GgufValue.uint32(1024))
            .with(prefix + "embedding_length", GgufValue.uint32(hidden))
            .with(prefix + "block_count", GgufValue.uint32(layers))
            .with(prefix + "feed_forward_length", GgufValue.uint32(feedForward))
            .with(prefix + "attention.head_count", GgufValue.uint32(heads()))
            .with(prefix + "attention.head_count_kv", GgufValue.uint32(keyValueHeads()))
            .with(prefix + "attention.layer_norm_rms_epsilon", GgufValue.float32(1e-5f))
            .with(prefix + "rope.freq_base", GgufValue.float32(10000f))
            .with(prefix + "rope.dimension_count", GgufValue.uint32(HEAD));
    if (architecture.equals("phi3")) {
      metadata =
          metadata
              .with(prefix + "rope.scaling.original_context_length", GgufValue.uint32(1024))
              .with(prefix + "attention.sliding_window", GgufValue.uint32(0));
    }
    return tokenizer(metadata);
  }

  /** All tensors; the same model has the same bytes on every machine. */
  public List<GgufTensorData> tensors() {
    List<GgufTensorData> tensors = new ArrayList<>();
    tensors.add(matrix("token_embd.weight", hidden, vocabulary));
    for (int layer = 0; layer < layers; layer++) {
      addLayer(tensors, "blk." + layer + ".");
    }
    tensors.add(vector("output_norm.weight", hidden));
    if (!tied) {
      tensors.add(matrix("output.weight", hidden, vocabulary));
    }
    return tensors;
  }

  private int heads() {
    return Math.max(1, hidden / HEAD);
  }

  private int keyValueHeads() {
    return Math.max(1, heads() / 2);
  }

  private void addLayer(List<GgufTensorData> tensors, String prefix) {
    boolean fused = architecture.equals("phi3");
    int queries = heads() * HEAD;
    int keys = keyValueHeads() * HEAD;
    tensors.add(vector(prefix + "attn_norm.weight", hidden));
    if (fused) {
      tensors.add(matrix(prefix + "attn_qkv.weight", hidden, queries + 2 * keys));
    } else {
      tensors.add(matrix(prefix + "attn_q.weight", hidden, queries));
      tensors.add(matrix(prefix + "attn_k.weight", hidden, keys));
      tensors.add(matrix(prefix + "attn_v.weight", hidden, keys));
    }
    if (architecture.equals("qwen2")) {
      tensors.add(vector(prefix + "attn_q.bias", queries));
      tensors.add(vector(prefix + "attn_k.bias", keys));
      tensors.add(vector(prefix + "attn_v.bias", keys));
    }
    tensors.add(matrix(prefix + "attn_output.weight", queries, hidden));
    tensors.add(vector(prefix + "ffn_norm.weight", hidden));
    if (!fused) {
      tensors.add(matrix(prefix + "ffn_gate.weight", hidden, feedForward));
    }
    tensors.add(matrix(prefix + "ffn_up.weight", hidden, fused ? 2 * feedForward : feedForward));
    tensors.add(matrix(prefix + "ffn_down.weight", feedForward, hidden));
  }

  private GgufTensorData vector(String name, int length) {
    return new GgufTensorData(
        name, GgmlType.F32, List.of((long) length), random(GgmlType.F32, name, length));
  }

  private GgufTensorData matrix(String name, int columns, int rows) {
    return new GgufTensorData(
        name, type, List.of((long) columns, (long) rows), random(type, name, columns * rows));
  }

  /** Random signs and mantissas with small exponents: no float conversion, so no rounding. */
  private static TensorContent random(GgmlType type, String name, int elements) {
    return out -> {
      Random random = new Random(name.hashCode());
      ByteBuffer bytes =
          ByteBuffer.allocate((int) type.bytes(elements)).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < elements; i++) {
        int exponent = 4 + random.nextInt(4);
        int bits = random.nextInt();
        switch (type) {
          case F16 -> bytes.putShort((short) ((bits & 0x83ff) | (exponent + 5) << 10));
          case BF16 -> bytes.putShort((short) ((bits & 0x807f) | (exponent + 117) << 7));
          default -> bytes.putInt((bits & 0x807fffff) | (exponent + 117) << 23);
        }
      }
      out.write(bytes.flip());
    };
  }

  private GgufMetadata tokenizer(GgufMetadata metadata) {
    List<String> merges = List.of("h e", "l l", "he ll", "hell o", "\u0120 w");
    List<String> tokens = new ArrayList<>();
    int remapped = 256;
    for (int value = 0; value < 256; value++) {
      boolean printable =
          (value >= 33 && value <= 126) || (value >= 161 && value <= 172) || value >= 174;
      tokens.add(Character.toString(printable ? value : remapped++));
    }
    merges.forEach(merge -> tokens.add(merge.replace(" ", "")));
    tokens.add("<|endoftext|>");
    List<Integer> types = new ArrayList<>();
    for (int i = 0; i < vocabulary; i++) {
      types.add(i < END_OF_TEXT ? 1 : i == END_OF_TEXT ? 3 : 5);
      if (i > END_OF_TEXT) {
        tokens.add("[PAD" + i + "]");
      }
    }
    return metadata
        .with("tokenizer.ggml.model", GgufValue.text("gpt2"))
        .with("tokenizer.ggml.pre", GgufValue.text("dbrx"))
        .with("tokenizer.ggml.tokens", GgufValue.texts(tokens))
        .with("tokenizer.ggml.token_type", GgufValue.int32s(types))
        .with("tokenizer.ggml.merges", GgufValue.texts(merges))
        .with("tokenizer.ggml.bos_token_id", GgufValue.uint32(END_OF_TEXT))
        .with("tokenizer.ggml.eos_token_id", GgufValue.uint32(END_OF_TEXT))
        .with("tokenizer.ggml.padding_token_id", GgufValue.uint32(END_OF_TEXT));
  }
}
