package dev.pipeline.export;

import dev.pipeline.chat.ChatFormat;
import dev.pipeline.chat.ChatModel;
import dev.pipeline.export.tokenizer.GgufTokenizer;
import dev.pipeline.io.Failure;
import dev.pipeline.model.AdapterMerge;
import dev.pipeline.model.Architecture;
import dev.pipeline.model.Architectures;
import dev.pipeline.model.DecoderShape;
import dev.pipeline.model.LayerWeight;
import dev.pipeline.model.RotaryRows;
import dev.pipeline.model.WeightSource;
import dev.pipeline.torch.ScalarType;
import dev.pipeline.torch.Scope;
import dev.pipeline.torch.Tensor;
import dev.pipeline.torch.Torch;
import dev.pipeline.torch.WeightLoader;
import dev.pipeline.weights.Float16;
import dev.pipeline.weights.ModelFolder;
import dev.pipeline.weights.TensorContent;
import dev.pipeline.weights.gguf.GgmlType;
import dev.pipeline.weights.gguf.GgufMetadata;
import dev.pipeline.weights.gguf.GgufTensorData;
import dev.pipeline.weights.gguf.GgufValue;
import dev.pipeline.weights.gguf.GgufWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes a model folder, with or without an adapter merged into it, as a GGUF file of 16-bit
 * floats.
 *
 * <p>Merging happens in float32, {@code W + scale * B A}, and is rounded once, to the file's own
 * type: merging into a quantised or already rounded base is what degrades merged models.
 */
public final class GgufExport implements AutoCloseable {
  private final Torch torch;
  private final ModelFolder base;
  private final ChatFormat format;
  private final Architecture architecture;
  private final DecoderShape shape;
  private final WeightSource source;
  private final WeightLoader loader;

  /** An exporter of {@code base}, which talks as its folder says. */
  public GgufExport(Torch torch, ModelFolder base) {
    this(torch, base, ChatFormat.OF_FOLDER);
  }

  /** An exporter of {@code base}, which talks in {@code format}. */
  public GgufExport(Torch torch, ModelFolder base, ChatFormat format) {
    this.torch = torch;
    this.base = base;
    this.format = format;
    this.architecture = Architectures.of(base.config(), base.configName());
    this.shape = architecture.shape(base.config(), base.configName());
    this.source = WeightSource.of(base, architecture, shape);
    this.loader = new WeightLoader(torch);
  }

  /** {@link #preflight(ModelFolder, ChatFormat)} for a model that talks as its folder says. */
  public static List<String> preflight(ModelFolder base) {
    return preflight(base, ChatFormat.OF_FOLDER);
  }

  /**
   * Fails if this model could not be exported, before any time is spent on training it.
   *
   * @param format what it talks in
   * @return what llama.cpp will do otherwise than training does, a sentence each
   */
  public static List<String> preflight(ModelFolder base, ChatFormat format) {
    Architecture architecture = Architectures.of(base.config(), base.configName());
    DecoderShape shape = architecture.shape(base.config(), base.configName());
    architecture.ggufKeys(shape, base.config(), base.configName());
    withTokenizer(GgufMetadata.empty("preflight"), base, format, shape);
    return ServingDifferences.of(base, shape);
  }

  /**
   * Writes {@code target}, which is overwritten and not synced: pass the temporary path of an
   * atomic write.
   *
   * @param adapter folder of the adapter to merge, or empty for the base model itself
   * @param name the model's name in the file
   */
  public void write(Path target, Optional<Path> adapter, String name) {
    if (adapter.isEmpty()) {
      GgufWriter.write(target, metadata(name), tensors(null));
      return;
    }
    try (AdapterMerge merge = AdapterMerge.read(torch, architecture, shape, adapter.get())) {
      GgufWriter.write(target, metadata(name), tensors(merge));
    }
  }

  private GgufMetadata metadata(String name) {
    GgufMetadata metadata =
        GgufMetadata.empty(name)
            .with("general.architecture", GgufValue.text(architecture.ggufName()))
            .with("general.name", GgufValue.text(name))
            .with("general.file_type", GgufValue.uint32(1))
            .with("general.quantization_version", GgufValue.uint32(2));
    for (Map.Entry<String, Object> entry :
        architecture.ggufKeys(shape, base.config(), base.configName()).entrySet()) {
      metadata =
          metadata.with(architecture.ggufName() + "." + entry.getKey(), value(entry.getValue()));
    }
    return withTokenizer(metadata, base, format, shape);
  }

  private static GgufMetadata withTokenizer(
      GgufMetadata metadata, ModelFolder base, ChatFormat format, DecoderShape shape) {
    try (ChatModel chat = ChatModel.open(base.path(), format)) {
      return GgufTokenizer.add(metadata, base, shape.vocabulary(), chat.template());
    }
  }

  private static GgufValue value(Object value) {
    if (value instanceof Float real) {
      return GgufValue.float32(real);
    }
    return value instanceof String text ? GgufValue.text(text) : GgufValue.uint32((Integer) value);
  }

  private List<GgufTensorData> tensors(@Nullable AdapterMerge merge) {
    List<GgufTensorData> tensors = new ArrayList<>();
    architecture
        .weights(shape, shape.layers())
        .forEach(weight -> tensors.add(tensor(weight, merge)));
    architecture.ggufTables(shape).forEach((table, values) -> tensors.add(table(table, values)));
    return tensors;
  }

  private static GgufTensorData table(String name, List<Float> values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.size() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    values.forEach(bytes::putFloat);
    return new GgufTensorData(
        name, GgmlType.F32, List.of((long) values.size()), TensorContent.of(bytes.flip()));
  }

  private GgufTensorData tensor(LayerWeight weight, @Nullable AdapterMerge merge) {
    String hfName = weight.name();
    long[] dimensions = weight.shape();
    boolean vector = weight.isVector();
    List<Long> ggufShape = vector ? List.of(dimensions[0]) : List.of(dimensions[1], dimensions[0]);
    TensorContent content =
        out -> {
          float[] values =
              RotaryRows.toGguf(
                  merged(hfName, dimensions, merge), weight.rows(), weight.turnedHeads());
          refuseOverflow(hfName, values);
          ByteBuffer bytes = vector ? singles(values) : Float16.littleEndian(values);
          while (bytes.hasRemaining()) {
            out.write(bytes);
          }
        };
    return new GgufTensorData(
        weight.ggufName(), vector ? GgmlType.F32 : GgmlType.F16, ggufShape, content);
  }

  private float[] merged(String hfName, long[] dimensions, @Nullable AdapterMerge merge) {
    return torch.withoutGradient(
        () -> {
          try (Scope scope = torch.root().inner()) {
            Tensor weight =
                source.load(
                    loader, scope, hfName, dimensions, loader.like(scope, ScalarType.FLOAT32));
            return merge == null || !merge.adapts(hfName)
                ? weight.toFloats()
                : merge.merge(scope, hfName, weight).weight().toFloats();
          }
        });
  }

  private void refuseOverflow(String hfName, float[] values) {
    for (float value : values) {
      if (!(Math.abs(value) <= 65504f)) {
        throw Failure.refused(
            base.path() + ": " + hfName + " holds " + value + ", which 16-bit floats cannot",
            "check the weights and the adapter; training may have diverged");
      }
    }
  }

  private static ByteBuffer singles(float[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes;
  }

  @Override
  public void close() {
    loader.close();
  }
}
