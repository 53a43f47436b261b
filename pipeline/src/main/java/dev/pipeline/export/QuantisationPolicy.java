package dev.pipeline.export;

import dev.pipeline.io.Failure;
import dev.pipeline.weights.gguf.GgmlType;
import dev.pipeline.weights.gguf.GgufFile;
import dev.pipeline.weights.gguf.GgufMetadata;
import dev.pipeline.weights.gguf.GgufTensor;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which type each tensor of a file gets, exactly as llama.cpp chooses it (llama_tensor_get_type in
 * <a href="https://github.com/ggml-org/llama.cpp/blob/master/src/llama-quant.cpp">
 * llama-quant.cpp</a>) for the families this program exports.
 */
public final class QuantisationPolicy {
  private static final Set<String> FAMILIES = Set.of("llama", "phi2", "phi3", "qwen2", "qwen3");
  private static final String OUTPUT = "output.weight";
  private static final String EMBEDDING = "token_embd.weight";

  private final FileType fileType;
  private final GgufFile file;
  private final boolean weighted;
  private final int layers;
  private final boolean tied;
  private final boolean seventyBillion;

  private QuantisationPolicy(FileType fileType, GgufFile file, boolean weighted) {
    this.fileType = fileType;
    this.file = file;
    this.weighted = weighted;
    GgufMetadata metadata = file.metadata();
    String family = metadata.text("general.architecture");
    if (!FAMILIES.contains(family) || metadata.whole(family + ".expert_count", 0) > 0) {
      throw Failure.refused(
          file.path() + ": no quantisation rule for this " + family + " model",
          "configure a llama-quantize of your own, which knows all models");
    }
    this.layers = (int) metadata.whole(family + ".block_count");
    this.tied = !file.tensors().containsKey(OUTPUT);
    this.seventyBillion = layers == 80 && (family.equals("qwen2") || isGrouped(family, metadata));
  }

  /**
   * The type of every tensor of {@code file} in a file of type {@code fileType}, by name.
   *
   * @param weighted whether errors are weighed by an importance matrix
   * @throws Failure when there is no rule for the model's family
   */
  public static Map<String, GgmlType> types(GgufFile file, FileType fileType, boolean weighted) {
    return new QuantisationPolicy(fileType, file, weighted).types();
  }

  private Map<String, GgmlType> types() {
    Map<String, GgmlType> types = new LinkedHashMap<>();
    int values = 0;
    int downs = 0;
    List<GgufTensor> ordered = inLayerOrder();
    int valueCount = (int) ordered.stream().filter(QuantisationPolicy::holdsValues).count();
    for (GgufTensor tensor : ordered) {
      GgmlType type = tensor.type();
      if (isQuantised(tensor)) {
        boolean down = tensor.name().contains("ffn_down");
        boolean early = down && downs < layers / 8;
        boolean moreBits =
            (holdsValues(tensor) && moreBits(values++, valueCount))
                || (down && moreBits(downs++, layers));
        type = fitting(tensor, wanted(tensor, moreBits, early));
      }
      types.put(tensor.name(), type);
    }
    return types;
  }

  private static boolean isGrouped(String family, GgufMetadata metadata) {
    long heads = metadata.whole(family + ".attention.head_count");
    return family.equals("llama")
        && metadata.whole(family + ".attention.head_count_kv", heads) != heads;
  }

  private GgmlType wanted(GgufTensor tensor, boolean moreBits, boolean earlyDown) {
    if (fileType == FileType.F16 || fileType == FileType.Q8_0) {
      return fileType.mostTensors();
    }
    if (tensor.name().equals(OUTPUT) || (tied && tensor.name().equals(EMBEDDING))) {
      boolean fills = tensor.columns() % GgmlType.Q4_K.blockSize() == 0;
      return fills ? GgmlType.Q6_K : GgmlType.Q8_0;
    }
    return switch (fileType) {
      case Q4_K_M, Q5_K_M -> moreBits ? GgmlType.Q6_K : mixed(tensor);
      // With weighted errors the coarsest blocks can go astray in the first of these.
      case Q4_0 -> weighted && earlyDown ? GgmlType.Q4_1 : GgmlType.Q4_0;
      default -> fileType.mostTensors();
    };
  }

  private GgmlType mixed(GgufTensor tensor) {
    // In a 70B model eight query heads share a value head: the tensor is small, bits are cheap.
    return seventyBillion && holdsValues(tensor) ? GgmlType.Q5_K : fileType.mostTensors();
  }

  /** The first and last eighth of the layers, and every third in between. */
  private static boolean moreBits(int index, int count) {
    return index < count / 8 || index >= 7 * count / 8 || (index - count / 8) % 3 == 2;
  }

  /** {@code wanted}, or what llama.cpp falls back to for rows that do not fill its blocks. */
  private static GgmlType fitting(GgufTensor tensor, GgmlType wanted) {
    if (tensor.columns() % wanted.blockSize() == 0) {
      return wanted;
    }
    GgmlType smallerBlocks =
        switch (wanted) {
          case Q4_K -> GgmlType.Q5_0;
          case Q5_K -> GgmlType.Q5_1;
          case Q6_K -> GgmlType.Q8_0;
          default -> wanted;
        };
    return tensor.columns() % smallerBlocks.blockSize() == 0 ? smallerBlocks : GgmlType.F16;
  }

  private static boolean isQuantised(GgufTensor tensor) {
    String name = tensor.name();
    return tensor.rows() > 1 && name.endsWith("weight") && !name.endsWith("_norm.weight");
  }

  private static boolean holdsValues(GgufTensor tensor) {
    String name = tensor.name();
    return name.contains("attn_v.weight") || name.contains("attn_qkv.weight");
  }

  /** llama.cpp counts layers in this order, whatever the order of the file. */
  private List<GgufTensor> inLayerOrder() {
    return file.tensors().values().stream()
        .sorted(
            Comparator.comparingInt((GgufTensor tensor) -> layer(tensor.name()))
                .thenComparing(GgufTensor::name))
        .toList();
  }

  private static int layer(String name) {
    String[] parts = name.split("\\.", 3);
    return parts[0].equals("blk") && parts.length == 3 ? Integer.parseInt(parts[1]) : -1;
  }
}
