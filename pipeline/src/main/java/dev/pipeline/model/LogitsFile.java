package dev.pipeline.model;

import dev.pipeline.io.AtomicFiles;
import dev.pipeline.io.Failure;
import dev.pipeline.torch.Torch;
import dev.pipeline.weights.TensorContent;
import dev.pipeline.weights.safetensors.ElementType;
import dev.pipeline.weights.safetensors.SafetensorsWriter;
import dev.pipeline.weights.safetensors.TensorData;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the logits of token sequences, so that another stack's can be laid beside them. */
public final class LogitsFile {
  private final Torch torch;
  private final Decoder decoder;
  private final @Nullable LoraAdapter adapter;

  /** Logits of {@code decoder}, with an adapter or, when it is null, without. */
  public LogitsFile(Torch torch, Decoder decoder, @Nullable LoraAdapter adapter) {
    this.torch = torch;
    this.decoder = decoder;
    this.adapter = adapter;
  }

  /**
   * Writes a safetensors file with {@code logits_0}, {@code logits_1}, ...: for each sequence of T
   * tokens, float32 {@code [T, V]}. Sequences are computed one by one as they are written.
   */
  public void write(Path file, List<long[]> sequences) {
    Map<String, TensorData> tensors = new LinkedHashMap<>();
    long vocabulary = decoder.shape().vocabulary();
    for (int i = 0; i < sequences.size(); i++) {
      long[] ids = sequences.get(i);
      refuseUnknown(i, ids);
      tensors.put(
          "logits_" + i,
          new TensorData(
              ElementType.F32,
              List.of((long) ids.length, vocabulary),
              out ->
                  TensorContent.of(
                          AdapterFolder.littleEndian(Logits.of(torch, decoder, adapter, ids)))
                      .writeTo(out)));
    }
    AtomicFiles.writePath(
        file, target -> SafetensorsWriter.write(target, tensors, Map.of("format", "pt")));
  }

  private void refuseUnknown(int sequence, long[] ids) {
    for (long id : ids) {
      if (id < 0 || id >= decoder.shape().vocabulary()) {
        throw Failure.refused(
            "sequence " + sequence + " holds token " + id,
            "give ids from 0 to " + (decoder.shape().vocabulary() - 1));
      }
    }
  }
}
