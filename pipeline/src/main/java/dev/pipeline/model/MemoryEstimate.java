package dev.pipeline.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What training an adapter takes, computed from shapes alone, before anything is loaded.
 *
 * @param parameters elements of the base model
 * @param trainable elements of the adapter
 * @param bytes bytes by part, largest moment of a step
 * @param flopsPerToken floating-point operations of forward and backward, a token
 */
public record MemoryEstimate(
    long parameters, long trainable, Map<String, Long> bytes, double flopsPerToken) {
  private static final int FLOAT = 4;
  private static final long LOGITS_AT_ONCE = 1L << 24;

  /** The program itself and the engine with its libraries, as measured: docs/benchmarks.md. */
  private static final long OVERHEAD = 540_000_000;

  /** What malloc holds free beside the tensors of a step, as measured: docs/benchmarks.md. */
  private static final double FREE_BESIDE_KEPT = 0.3;

  private static final double FREE_BESIDE_WORK = 0.5;

  /** Estimates a run. */
  public static MemoryEstimate of(
      Architecture architecture, DecoderShape shape, LoraSpec lora, Step step) {
    long parameters =
        architecture.weights(shape, shape.layers()).stream().mapToLong(LayerWeight::elements).sum();
    long trainable =
        shape.layers()
            * lora.matched(architecture, shape).stream()
                .mapToLong(p -> adapterElements(p, lora))
                .sum();
    long tokens = (long) step.rows() * step.length();
    long width = step.bytesPerActivation();
    boolean direct = DirectGradients.possible(architecture, lora);
    long layerActivations =
        direct
            ? tokens * (width * kept(architecture, shape, lora) + masks(shape, lora))
            : tokens * width * traced(architecture, shape, lora);
    long layerGradients = tokens * width * gradients(architecture, shape, direct);
    // Gone before the gradients of a layer come. Autograd keeps their softmax and gradient too.
    long logits =
        (direct ? 1L : 3L) * FLOAT * Math.min(tokens * shape.vocabulary(), LOGITS_AT_ONCE);
    Map<String, Long> bytes = new LinkedHashMap<>();
    bytes.putAll(baseWeights(architecture, shape, parameters, step));
    bytes.put("adapter, gradients and moments", trainable * 4 * FLOAT);
    long kept;
    long work;
    if (step.checkpointing()) {
      kept = tokens * width * shape.hidden() * (shape.layers() + 1L);
      work = Math.max(logits, layerActivations + layerGradients);
      bytes.put("layer inputs", kept);
      bytes.put("logits, or one layer's work", work);
    } else {
      kept = layerActivations * shape.layers();
      work = Math.max(logits, layerGradients);
      bytes.put("activations", kept);
      bytes.put("logits, or one layer's gradients", work);
    }
    bytes.put(
        "free between tensors", Math.round(FREE_BESIDE_KEPT * kept + FREE_BESIDE_WORK * work));
    bytes.put("program and engine", OVERHEAD);
    return new MemoryEstimate(
        parameters, trainable, bytes, flops(shape, parameters, trainable, step));
  }

  /**
   * What a step computes.
   *
   * @param rows rows at once
   * @param length tokens of a row
   * @param checkpointing whether layers are computed again on the way back
   * @param precision how the base is kept
   * @param bytesPerWeight 2 for 16-bit weights, 4 for float32
   * @param bytesPerActivation likewise
   */
  public record Step(
      int rows,
      int length,
      boolean checkpointing,
      BasePrecision precision,
      int bytesPerWeight,
      int bytesPerActivation) {}

  /** All parts together, in bytes. */
  public long total() {
    return bytes.values().stream().mapToLong(Long::longValue).sum();
  }

  private static Map<String, Long> baseWeights(
      Architecture architecture, DecoderShape shape, long parameters, Step step) {
    long width = step.bytesPerWeight();
    if (step.precision() == BasePrecision.COMPUTED) {
      return Map.of("base weights", parameters * width);
    }
    Map<String, Long> bytes = new LinkedHashMap<>();
    long layer = 0;
    long packed = 0;
    for (Projection projection : architecture.projections(shape)) {
      long elements = (long) projection.inFeatures() * projection.outFeatures();
      layer += elements;
      packed += Nf4Weight.bytes(elements);
    }
    bytes.put("base weights in four bits", shape.layers() * packed);
    bytes.put("base weights that stay wide", (parameters - shape.layers() * layer) * width);
    bytes.put("one layer's weights", layer * width);
    return bytes;
  }

  private static long adapterElements(Projection projection, LoraSpec lora) {
    long elements = (long) lora.rank() * (projection.inFeatures() + projection.outFeatures());
    return lora.decomposed() ? elements + projection.outFeatures() : elements;
  }

  /**
   * Elements a layer keeps for {@link DirectGradients}, per token: its output and the sum after
   * attention (2 H); queries, keys, values and what attention gives (2 Q + 2 KV), keys and values
   * once more where several heads share them (2 Q); gate and up (2 F); what each adapter's first
   * matrix gives.
   */
  private static long kept(Architecture architecture, DecoderShape shape, LoraSpec lora) {
    long repeated = shape.heads() == shape.keyValueHeads() ? 0 : 2L * shape.queryWidth();
    return 2L * (shape.hidden() + shape.queryWidth() + shape.keyValueWidth() + shape.feedForward())
        + repeated
        + low(architecture, shape, lora);
  }

  /** Bytes per token that say what dropout dropped, one for each element of a module's input. */
  private static long masks(DecoderShape shape, LoraSpec lora) {
    return lora.dropout() == 0 ? 0 : 2L * shape.hidden() + shape.queryWidth() + shape.feedForward();
  }

  /**
   * Elements a layer keeps for autograd, per token: its input and the sum after attention, both
   * normed (4 H); queries, keys and values as attention sees them, and what it gives (4 Q); gate,
   * up, the gate's activation and their product (4 F); what each adapter's first matrix gives. With
   * dropout, also what was dropped of each adapter's input, and what is left.
   */
  private static long traced(Architecture architecture, DecoderShape shape, LoraSpec lora) {
    List<Projection> matched = lora.matched(architecture, shape);
    long kept = 4L * (shape.hidden() + shape.queryWidth() + shape.feedForward());
    long dropped =
        lora.dropout() == 0 ? 0 : 2 * matched.stream().mapToLong(Projection::inFeatures).sum();
    return kept + low(architecture, shape, lora) + dropped;
  }

  private static long low(Architecture architecture, DecoderShape shape, LoraSpec lora) {
    return (long) lora.matched(architecture, shape).size() * lora.rank();
  }

  /** Elements at work on the way back through a layer, per token, as measured. */
  private static long gradients(Architecture architecture, DecoderShape shape, boolean direct) {
    if (!direct) {
      return 3L * shape.feedForward() + 2L * shape.hidden();
    }
    // The gradients of gate and up are joined where their projections are.
    boolean joined = !architecture.layerMethod().equals(SplitLayer.METHOD);
    return (joined ? 5L : 4L) * shape.feedForward() + 4L * shape.hidden();
  }

  /** 4 N + 6 N_lora + 6 T L H; computing layers again adds 2 N + 2 N_lora + 2 T L H. */
  private static double flops(DecoderShape shape, long parameters, long trainable, Step step) {
    // Looking up a row multiplies nothing; a tied table is multiplied as the head.
    double matmul =
        parameters - (shape.tiedHead() ? 0.0 : (double) shape.vocabulary() * shape.hidden());
    double attention = (double) step.length() * shape.layers() * shape.queryWidth();
    double once = 4 * matmul + 6.0 * trainable + 6 * attention;
    return step.checkpointing() ? once + 2 * matmul + 2.0 * trainable + 2 * attention : once;
  }
}
