package dev.pipeline.export.llama;

import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import com.sun.jna.Structure.FieldOrder;
import org.jspecify.annotations.Nullable;

/**
 * Structures that llama.cpp build b4916 passes by value; field order is their layout. Other builds
 * move and add fields: of parameters, they share the numbers that a context's begin with, and room
 * at the end holds whatever theirs have more.
 */
public final class LlamaStructures {
  private static final int ROOM = 256;

  private LlamaStructures() {}

  /** {@code llama_model_params}. */
  @FieldOrder({
    "devices",
    "gpuLayers",
    "splitMode",
    "mainGpu",
    "tensorSplit",
    "progressCallback",
    "progressCallbackData",
    "overrides",
    "vocabularyOnly",
    "useMemoryMap",
    "useMemoryLock",
    "checkTensors",
    "room"
  })
  public static final class ModelParameters extends Structure implements Structure.ByValue {
    public @Nullable Pointer devices;
    public int gpuLayers;
    public int splitMode;
    public int mainGpu;
    public @Nullable Pointer tensorSplit;
    public @Nullable Pointer progressCallback;
    public @Nullable Pointer progressCallbackData;
    public @Nullable Pointer overrides;
    public byte vocabularyOnly;
    public byte useMemoryMap;
    public byte useMemoryLock;
    public byte checkTensors;
    public byte[] room = new byte[ROOM];

    /** The defaults of b4916 at the places where this layout expects them. */
    boolean looksRight() {
      return useMemoryMap == 1 && vocabularyOnly == 0 && useMemoryLock == 0 && overrides == null;
    }

    /** Newer builds have one more pointer before this number, which is where ours has the GPU's. */
    void putGpuLayers(int layers) {
      if (looksRight()) {
        gpuLayers = layers;
      } else {
        mainGpu = layers;
      }
    }
  }

  /** {@code llama_context_params}. */
  @FieldOrder({
    "contextTokens",
    "batchTokens",
    "microBatchTokens",
    "sequences",
    "threads",
    "batchThreads",
    "ropeScaling",
    "pooling",
    "attention",
    "ropeBase",
    "ropeScale",
    "yarnExtrapolation",
    "yarnAttention",
    "yarnBetaFast",
    "yarnBetaSlow",
    "yarnOriginalContext",
    "defragmentationThreshold",
    "evaluationCallback",
    "evaluationCallbackData",
    "keyType",
    "valueType",
    "allLogits",
    "embeddings",
    "offloadCache",
    "flashAttention",
    "noTimings",
    "abortCallback",
    "abortCallbackData",
    "room"
  })
  public static final class ContextParameters extends Structure implements Structure.ByValue {
    public int contextTokens;
    public int batchTokens;
    public int microBatchTokens;
    public int sequences;
    public int threads;
    public int batchThreads;
    public int ropeScaling;
    public int pooling;
    public int attention;
    public float ropeBase;
    public float ropeScale;
    public float yarnExtrapolation;
    public float yarnAttention;
    public float yarnBetaFast;
    public float yarnBetaSlow;
    public int yarnOriginalContext;
    public float defragmentationThreshold;
    public @Nullable Pointer evaluationCallback;
    public @Nullable Pointer evaluationCallbackData;
    public int keyType;
    public int valueType;
    public byte allLogits;
    public byte embeddings;
    public byte offloadCache;
    public byte flashAttention;
    public byte noTimings;
    public @Nullable Pointer abortCallback;
    public @Nullable Pointer abortCallbackData;
    public byte[] room = new byte[ROOM];

    /** The defaults of any build, among the fields that all of them begin with. */
    boolean looksLikeAnyBuild() {
      return contextTokens == 512 && batchTokens == 2048 && microBatchTokens == 512;
    }

    /** The defaults of b4916 at the places where this layout expects them. */
    boolean looksRight() {
      return contextTokens == 512
          && batchTokens == 2048
          && yarnBetaFast == 32f
          && defragmentationThreshold == -1f
          && keyType == 1
          && valueType == 1
          && offloadCache == 1
          && abortCallback == null;
    }
  }

  /** {@code llama_batch}: parallel arrays of {@code tokenCount} entries. */
  @FieldOrder({
    "tokenCount",
    "tokens",
    "embeddings",
    "positions",
    "sequenceCounts",
    "sequences",
    "wantsLogits"
  })
  public static final class Batch extends Structure implements Structure.ByValue {
    public int tokenCount;
    public Pointer tokens = Pointer.NULL;
    public @Nullable Pointer embeddings;
    public Pointer positions = Pointer.NULL;
    public Pointer sequenceCounts = Pointer.NULL;
    public Pointer sequences = Pointer.NULL;
    public Pointer wantsLogits = Pointer.NULL;
  }
}
