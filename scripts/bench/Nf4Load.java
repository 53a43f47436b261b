import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.Json;
import dev.pipeline.model.BasePrecision;
import dev.pipeline.model.Decoder;
import dev.pipeline.model.DecoderLoader;
import dev.pipeline.torch.Torch;
import dev.pipeline.weights.Bfloat16;
import dev.pipeline.weights.ModelFolder;
import dev.pipeline.weights.TensorContent;
import dev.pipeline.weights.safetensors.ElementType;
import dev.pipeline.weights.safetensors.SafetensorsWriter;
import dev.pipeline.weights.safetensors.TensorData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * What loading a base takes at most and in the end, as the kernel counts it (VmHWM, VmRSS). nf4_load.sh calls it.
 *
 * <pre>
 * Nf4Load write FOLDER            a random Phi-3 of 0.9 GB in bfloat16
 * Nf4Load load FOLDER PRECISION   COMPUTED or NF4
 * </pre>
 */
public final class Nf4Load {
  private static final int HIDDEN = 2048;
  private static final int FEED_FORWARD = 5632;
  private static final int KEY_VALUE = 512;
  private static final int LAYERS = 9;
  private static final int VOCABULARY = 8192;

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[1]);
    if (arguments[0].equals("write")) {
      write(folder);
    } else {
      load(folder, BasePrecision.valueOf(arguments[2]));
    }
  }

  private static void load(Path folder, BasePrecision precision) throws IOException {
    try (Torch torch = Torch.open("cpu", 1)) {
      ModelFolder model = ModelFolder.open(folder);
      long before = kilobytes("VmRSS");
      // Makes the kernel forget the highest resident size so far.
      Files.writeString(Path.of("/proc/self/clear_refs"), "5");
      long started = System.nanoTime();
      try (Decoder decoder = DecoderLoader.load(torch, model, 128, precision)) {
        double seconds = (System.nanoTime() - started) / 1e9;
        long after = kilobytes("VmRSS") - before;
        long peak = kilobytes("VmHWM") - before;
        System.out.printf(
            "%s: %d layers in %.1f s, %.1f MB in the end, %.1f MB at most, ratio %.3f (engine %.1f MB)%n",
            precision, decoder.layerCount(), seconds, after / 1e3, peak / 1e3, (double) peak / after, before / 1e3);
      }
    }
  }

  private static long kilobytes(String key) throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith(key + ":"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }

  private static void write(Path folder) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("architectures", List.of("Phi3ForCausalLM"));
    config.put("model_type", "phi3");
    config.put("hidden_size", HIDDEN);
    config.put("num_hidden_layers", LAYERS);
    config.put("num_attention_heads", HIDDEN / 64);
    config.put("num_key_value_heads", KEY_VALUE / 64);
    config.put("intermediate_size", FEED_FORWARD);
    config.put("vocab_size", VOCABULARY);
    config.put("max_position_embeddings", 4096);
    config.put("rms_norm_eps", 1e-5);
    config.put("rope_theta", 10000.0);
    config.put("tie_word_embeddings", false);
    AtomicFiles.writeString(folder.resolve("config.json"), Json.pretty(config));
    Map<String, TensorData> tensors = new LinkedHashMap<>();
    put(tensors, "model.embed_tokens.weight", VOCABULARY, HIDDEN);
    for (int layer = 0; layer < LAYERS; layer++) {
      String prefix = "model.layers." + layer + ".";
      put(tensors, prefix + "input_layernorm.weight", HIDDEN);
      put(tensors, prefix + "self_attn.qkv_proj.weight", HIDDEN + 2 * KEY_VALUE, HIDDEN);
      put(tensors, prefix + "self_attn.o_proj.weight", HIDDEN, HIDDEN);
      put(tensors, prefix + "post_attention_layernorm.weight", HIDDEN);
      put(tensors, prefix + "mlp.gate_up_proj.weight", 2 * FEED_FORWARD, HIDDEN);
      put(tensors, prefix + "mlp.down_proj.weight", HIDDEN, FEED_FORWARD);
    }
    put(tensors, "model.norm.weight", HIDDEN);
    put(tensors, "lm_head.weight", VOCABULARY, HIDDEN);
    SafetensorsWriter.write(folder.resolve("model.safetensors"), tensors, Map.of("format", "pt"));
  }

  private static void put(Map<String, TensorData> tensors, String name, long... shape) {
    long elements = 1;
    for (long size : shape) {
      elements *= size;
    }
    long count = elements;
    tensors.put(
        name,
        new TensorData(
            ElementType.BF16,
            java.util.Arrays.stream(shape).boxed().toList(),
            out -> {
              Random random = new Random(name.hashCode());
              float[] row = new float[2048];
              for (long done = 0; done < count; done += row.length) {
                for (int i = 0; i < row.length; i++) {
                  row[i] = (random.nextFloat() + random.nextFloat() - 1) / 32;
                }
                ByteBuffer bytes = Bfloat16.littleEndian(row);
                TensorContent.of(bytes).writeTo(out);
              }
            }));
  }
}
