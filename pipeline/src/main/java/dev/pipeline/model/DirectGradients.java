package dev.pipeline.model;

import dev.pipeline.torch.Program;
import dev.pipeline.torch.Scope;
import dev.pipeline.torch.Tensor;
import dev.pipeline.torch.TensorList;
import dev.pipeline.torch.Torch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gradients of LoRA on a frozen base, written out in {@code gradient.ts}: sums go straight into the
 * products that add to them, and what an elementwise pass brings back is not kept. Attention alone
 * is left to autograd, since each device has a kernel of its own.
 */
final class DirectGradients implements LayerGradients {
  private final Torch torch;
  private final Decoder decoder;
  private final LoraAdapter adapter;
  private final Program program;
  private final DecoderShape shape;
  private final int parts;
  private final TensorList none = TensorList.of(List.of());

  DirectGradients(Torch torch, Decoder decoder, LoraAdapter adapter) {
    this.torch = torch;
    this.decoder = decoder;
    this.adapter = adapter;
    this.program = decoder.program();
    this.shape = decoder.shape();
    this.parts = parts(decoder.architecture());
  }

  static boolean possible(Architecture architecture, LoraSpec lora) {
    return parts(architecture) > 0 && !lora.decomposed();
  }

  /** Into how many projections queries, keys and values are cut; 0 for layers of another kind. */
  private static int parts(Architecture architecture) {
    return switch (architecture.layerMethod()) {
      case "fused_layer" -> 1;
      case SplitLayer.METHOD -> 3;
      default -> 0;
    };
  }

  @Override
  public Kept forward(Scope scope, int layer, Tensor x, Attention attention, double dropout) {
    decoder.open(layer);
    return new Pass(scope.inner(), layer, x, attention, dropout, true);
  }

  @Override
  public Kept again(Scope scope, int layer, Tensor x, Attention attention, double dropout) {
    decoder.open(layer);
    return new Pass(scope.inner(), layer, x, attention, dropout, false);
  }

  @Override
  public LossAndGradient loss(Scope scope, Tensor x, Tensor targets, double total, int trained) {
    return loss(scope, x, targets, total, trained, decoder.lossChunk());
  }

  LossAndGradient loss(
      Scope scope, Tensor x, Tensor targets, double total, int trained, int chunk) {
    return torch.withoutGradient(
        () -> {
          Tensor gradient = scope.call(program, "zeros", x);
          double sum = 0;
          for (int first = 0; first < trained; first += chunk) {
            try (Scope inner = scope.inner()) {
              Tensor losses = chunk(inner, x, targets, total, first, chunk, gradient);
              sum += inner.call(program, "share", losses, total).item();
            }
          }
          return new LossAndGradient(sum, gradient);
        });
  }

  @Override
  public Tensor weighted(Scope scope, Tensor x, Tensor targets, int trained, TokenWeights weights) {
    int chunk = decoder.lossChunk();
    Tensor gradient = torch.withoutGradient(() -> scope.call(program, "zeros", x));
    float[] losses = new float[trained];
    torch.withoutGradient(
        () -> {
          for (int first = 0; first < trained; first += chunk) {
            try (Scope inner = scope.inner()) {
              float[] some = chunk(inner, x, targets, 1, first, chunk, gradient).toFloats();
              System.arraycopy(some, 0, losses, first, some.length);
            }
          }
          return losses;
        });
    return decoder.weigh(scope, gradient, targets, weights.of(losses));
  }

  /** Losses {@code [count, 1]}; their gradients, divided by {@code total}, go into gradient. */
  private Tensor chunk(
      Scope scope, Tensor x, Tensor targets, double total, int first, int count, Tensor gradient) {
    return scope.call(
        program,
        "loss_back",
        x,
        decoder.finalNorm(),
        decoder.head(),
        none,
        targets,
        shape.normEpsilon(),
        total,
        first,
        count,
        gradient);
  }

  /** A layer's way there, done when it is made, and back. */
  private final class Pass implements Kept {
    private final Scope scope;
    private final int layer;
    private final Tensor x;
    private final Attention attention;
    private final double dropout;
    private final List<Tensor> before;
    private final Tensor attended;
    private final List<Tensor> after;

    Pass(Scope scope, int layer, Tensor x, Attention attention, double dropout, boolean whole) {
      this.scope = scope;
      this.layer = layer;
      this.x = x;
      this.attention = attention;
      this.dropout = dropout;
      this.before = torch.withoutGradient(this::before);
      this.attended = attend();
      this.after = torch.withoutGradient(() -> after(whole));
    }

    /** Queries, keys and values; then what {@code before_back} needs. */
    private List<Tensor> before() {
      return scope.callList(
          program,
          "before",
          x,
          decoder.layerWeights(layer),
          decoder.layerBiases(layer),
          adapter.layer(layer),
          attention.cosine(),
          attention.sine(),
          attention.samples(),
          parts,
          new long[] {shape.heads(), shape.keyValueHeads(), shape.headSize()},
          shape.normEpsilon(),
          adapter.spec().scale(),
          dropout);
    }

    private Tensor attend() {
      return scope.call(
          program,
          "attend",
          before.get(0).trainable(),
          before.get(1).trainable(),
          before.get(2).trainable(),
          decoder.windowOf(layer, attention),
          attention.samples(),
          none);
    }

    /** The layer's output, unless nobody asks for it; then what {@code after_back} needs. */
    private List<Tensor> after(boolean whole) {
      return scope.callList(
          program,
          "after",
          x,
          attended,
          decoder.layerWeights(layer),
          decoder.layerBiases(layer),
          adapter.layer(layer),
          parts,
          shape.normEpsilon(),
          adapter.spec().scale(),
          dropout,
          whole);
    }

    @Override
    public Tensor output() {
      return after.get(0);
    }

    @Override
    public @Nullable Tensor backward(Scope target, Tensor upstream) {
      decoder.open(layer);
      try (Scope work = scope.inner()) {
        List<Tensor> back = torch.withoutGradient(() -> afterBack(work, upstream));
        attended.backward(back.get(0));
        return layer == 0
            ? torch.withoutGradient(() -> beforeBack(work, work, back.get(1), false))
            : torch.withoutGradient(() -> beforeBack(target, work, back.get(1), true));
      }
    }

    private List<Tensor> afterBack(Scope work, Tensor upstream) {
      try (TensorList kept = TensorList.of(after)) {
        return work.callList(
            program,
            "after_back",
            upstream,
            attended,
            kept,
            decoder.layerWeights(layer),
            adapter.layer(layer),
            adapter.gradients(layer),
            parts,
            shape.normEpsilon(),
            adapter.spec().scale(),
            dropout);
      }
    }

    private @Nullable Tensor beforeBack(
        Scope target, Scope work, Tensor upstream, boolean through) {
      try (TensorList kept = TensorList.of(before)) {
        Tensor input =
            target.call(
                program,
                "before_back",
                upstream,
                before.get(0).gradient(work),
                before.get(1).gradient(work),
                before.get(2).gradient(work),
                x,
                kept,
                decoder.layerWeights(layer),
                adapter.layer(layer),
                adapter.gradients(layer),
                attention.cosine(),
                attention.sine(),
                parts,
                shape.normEpsilon(),
                adapter.spec().scale(),
                dropout,
                through);
        return through ? input : null;
      }
    }

    @Override
    public void close() {
      scope.close();
    }
  }
}
