package dev.pipeline.fuzz;

import dev.pipeline.model.GgufContents;
import dev.pipeline.weights.TensorContent;
import dev.pipeline.weights.gguf.GgmlType;
import dev.pipeline.weights.gguf.GgufFile;
import dev.pipeline.weights.gguf.GgufMetadata;
import dev.pipeline.weights.gguf.GgufTensor;
import dev.pipeline.weights.gguf.GgufTensorData;
import dev.pipeline.weights.gguf.GgufValue;
import dev.pipeline.weights.gguf.GgufWriter;
import dev.pipeline.weights.gguf.dequantise.TensorReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** GGUF files: header, tensors, and the folder that is rebuilt from them. */
final class GgufTarget implements Target {
  @Override
  public List<byte[]> seeds() throws IOException {
    return List.of(
        file(
            byteLevel(
                sizes("phi3")
                    .with("phi3.rope.scaling.original_context_length", GgufValue.uint32(32))),
            List.of(table("rope_factors_long.weight"), table("rope_factors_short.weight"))),
        file(sentencePiece(sizes("llama")), List.of(table("rope_freqs.weight"))),
        file(byteLevel(sizes("qwen2")), List.of()));
  }

  @Override
  public void read(Path file) {
    GgufFile gguf = GgufFile.open(file);
    for (GgufTensor tensor : gguf.tensors().values()) {
      TensorReader.check(tensor);
      TensorReader.read(tensor, (first, weights) -> {});
    }
    GgufContents.rebuild(gguf);
  }

  /** Dequantising takes a float a weight, of which a byte holds two, and up to 5 MB in all. */
  @Override
  public long allowance(long length) {
    return (8 << 20) + 512 * length;
  }

  private static GgufMetadata sizes(String family) {
    return GgufMetadata.empty("seed")
        .with("general.architecture", GgufValue.text(family))
        .with("general.name", GgufValue.text("Phi-3"))
        .with("general.alignment", GgufValue.uint32(32))
        .with(family + ".context_length", GgufValue.uint32(64))
        .with(family + ".embedding_length", GgufValue.uint32(32))
        .with(family + ".block_count", GgufValue.uint32(1))
        .with(family + ".feed_forward_length", GgufValue.uint32(32))
        .with(family + ".attention.head_count", GgufValue.uint32(4))
        .with(family + ".attention.head_count_kv", GgufValue.uint32(2))
        .with(family + ".attention.layer_norm_rms_epsilon", GgufValue.float32(1e-5f))
        .with(family + ".rope.freq_base", GgufValue.float32(10000f))
        .with(family + ".rope.dimension_count", GgufValue.uint32(8));
  }

  private static GgufMetadata byteLevel(GgufMetadata metadata) {
    return metadata
        .with("tokenizer.ggml.model", GgufValue.text("gpt2"))
        .with("tokenizer.ggml.pre", GgufValue.text("dbrx"))
        .with(
            "tokenizer.ggml.tokens",
            GgufValue.texts(List.of("a", "b", "ab", "<|im_end|>", "\u0120", "[PAD5]")))
        .with("tokenizer.ggml.token_type", GgufValue.int32s(List.of(1, 1, 1, 3, 1, 5)))
        .with("tokenizer.ggml.merges", GgufValue.texts(List.of("a b")))
        .with("tokenizer.ggml.eos_token_id", GgufValue.uint32(3))
        .with("tokenizer.chat_template", GgufValue.text("{{ messages[0].content }}"));
  }

  private static GgufMetadata sentencePiece(GgufMetadata metadata) {
    return metadata
        .with("tokenizer.ggml.model", GgufValue.text("llama"))
        .with(
            "tokenizer.ggml.tokens",
            GgufValue.texts(List.of("<unk>", "<s>", "<0x0A>", "\u2581", "a", "\u2581a")))
        .with("tokenizer.ggml.token_type", GgufValue.int32s(List.of(2, 3, 6, 1, 1, 1)))
        .with("tokenizer.ggml.scores", GgufValue.float32s(List.of(0f, 0f, 0f, -1f, -2f, -3f)))
        .with("tokenizer.ggml.bos_token_id", GgufValue.uint32(1))
        .with("tokenizer.ggml.add_bos_token", GgufValue.truth(true))
        .with("tokenizer.ggml.unknown_token_id", GgufValue.uint32(0));
  }

  private static GgufTensorData table(String name) {
    return tensor(name, GgmlType.F32, 4, 1);
  }

  private static GgufTensorData tensor(String name, GgmlType type, long columns, long rows) {
    ByteBuffer bytes = ByteBuffer.allocate((int) type.bytes(columns * rows));
    if (type == GgmlType.F32) {
      bytes.order(java.nio.ByteOrder.LITTLE_ENDIAN);
      while (bytes.hasRemaining()) {
        bytes.putFloat(1f);
      }
      bytes.flip();
    }
    List<Long> shape = rows == 1 ? List.of(columns) : List.of(columns, rows);
    return new GgufTensorData(name, type, shape, TensorContent.of(bytes));
  }

  private static byte[] file(GgufMetadata metadata, List<GgufTensorData> tables)
      throws IOException {
    Path file = Files.createTempFile("seed", ".gguf");
    try {
      List<GgufTensorData> tensors = new java.util.ArrayList<>(tables);
      tensors.add(tensor("token_embd.weight", GgmlType.Q8_0, 32, 6));
      tensors.add(tensor("blk.0.attn_norm.weight", GgmlType.F32, 32, 1));
      tensors.add(tensor("blk.0.ffn_up.weight", GgmlType.Q4_K, 256, 2));
      tensors.add(tensor("output.weight", GgmlType.F16, 32, 6));
      GgufWriter.write(file, metadata, tensors);
      return Files.readAllBytes(file);
    } finally {
      Files.delete(file);
    }
  }
}
