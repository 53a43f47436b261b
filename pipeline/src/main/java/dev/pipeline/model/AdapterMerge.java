package dev.pipeline.model;

import dev.pipeline.torch.Program;
import dev.pipeline.torch.Scope;
import dev.pipeline.torch.Tensor;
import dev.pipeline.torch.Torch;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Folds an adapter into the weights of its base, {@code W + scale B A}, and takes it out again.
 * With DoRA each row of the sum is brought to the length m says.
 *
 * <p>An adapter that was trained on a quantised base is merged into the original weights, as any
 * other: merging into quantised ones would add their rounding to the model a second time.
 */
public final class AdapterMerge implements AutoCloseable {
  private final Program program;
  private final LoraSpec spec;
  private final Map<String, float[]> values;

  private AdapterMerge(Program program, LoraSpec spec, Map<String, float[]> values) {
    this.program = program;
    this.spec = spec;
    this.values = values;
  }

  /** The adapter in {@code folder}, which must fit a base of the given shape exactly. */
  public static AdapterMerge read(
      Torch torch, Architecture architecture, DecoderShape shape, Path folder) {
    LoraSpec spec = AdapterFolder.readSpec(folder, architecture, shape);
    Map<String, float[]> values = AdapterFolder.readMatrices(folder);
    Set<String> rest = new HashSet<>(values.keySet());
    Map<String, long[]> expected = expected(architecture, shape, spec);
    expected.forEach(
        (name, size) -> {
          float[] found = values.get(name);
          if (found == null || found.length != Arrays.stream(size).reduce(1, (a, b) -> a * b)) {
            throw AdapterFolder.mismatch(name, size);
          }
        });
    rest.removeAll(expected.keySet());
    if (!rest.isEmpty()) {
      throw AdapterFolder.unexpected(rest);
    }
    return new AdapterMerge(torch.program("merge"), spec, values);
  }

  private static Map<String, long[]> expected(
      Architecture architecture, DecoderShape shape, LoraSpec spec) {
    Map<String, long[]> expected = new HashMap<>();
    for (int layer = 0; layer < shape.layers(); layer++) {
      for (Projection projection : spec.matched(architecture, shape)) {
        for (AdapterPart part : AdapterPart.values()) {
          if (part.isIn(spec)) {
            expected.put(part.name(layer, projection), part.shape(spec.rank(), projection));
          }
        }
      }
    }
    return expected;
  }

  /** Whether the adapter changes the weight with this Hugging Face name. */
  public boolean adapts(String weight) {
    return values.containsKey(AdapterPart.DOWN.of(module(weight)));
  }

  /**
   * Folds in.
   *
   * @param weight Hugging Face name of a weight that is adapted
   * @param base its float32 values {@code [out, in]}
   */
  public Merged merge(Scope scope, String weight, Tensor base) {
    long[] shape = base.shape();
    Tensor up = tensor(scope, AdapterPart.UP, weight, shape[0], spec.rank());
    Tensor down = tensor(scope, AdapterPart.DOWN, weight, spec.rank(), shape[1]);
    if (!spec.decomposed()) {
      return new Merged(
          scope.call(program, "merge", base, up, down, spec.scale()), scope.full(0f, 0));
    }
    Tensor magnitude = tensor(scope, AdapterPart.MAGNITUDE, weight, shape[0]);
    List<Tensor> merged =
        scope.callList(program, "merge_decomposed", base, up, down, magnitude, spec.scale());
    return new Merged(merged.get(0), merged.get(1));
  }

  /** Takes out what {@link #merge} folded in: the base again, but for rounding. */
  public Tensor unmerge(Scope scope, String weight, Merged merged) {
    long[] shape = merged.weight().shape();
    Tensor up = tensor(scope, AdapterPart.UP, weight, shape[0], spec.rank());
    Tensor down = tensor(scope, AdapterPart.DOWN, weight, spec.rank(), shape[1]);
    if (!spec.decomposed()) {
      return scope.call(program, "merge", merged.weight(), up, down, -spec.scale());
    }
    Tensor magnitude = tensor(scope, AdapterPart.MAGNITUDE, weight, shape[0]);
    return scope.call(
        program,
        "unmerge_decomposed",
        merged.weight(),
        up,
        down,
        magnitude,
        merged.lengths(),
        spec.scale());
  }

  private Tensor tensor(Scope scope, AdapterPart part, String weight, long... shape) {
    return scope.floats(Objects.requireNonNull(values.get(part.of(module(weight))), weight), shape);
  }

  private static String module(String weight) {
    return weight.replaceAll("\\.weight$", "");
  }

  @Override
  public void close() {
    program.close();
  }

  /**
   * A weight with an adapter in it.
   *
   * @param weight {@code [out, in]}
   * @param lengths {@code [out]}: how long the rows were before DoRA set their length, which the
   *     weight itself no longer tells; empty without DoRA
   */
  public record Merged(Tensor weight, Tensor lengths) {}
}
