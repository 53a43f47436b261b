package dev.pipeline.model;

import dev.pipeline.torch.RandomTensors;
import dev.pipeline.torch.Scope;
import dev.pipeline.torch.Tensor;
import dev.pipeline.torch.Torch;
import dev.pipeline.torch.WeightLoader;
import dev.pipeline.weights.ModelFolder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Makes decoders: from a model folder, or with random weights to be pre-trained. */
public final class DecoderLoader {
  private static final double INITIAL_DEVIATION = 0.02;

  private DecoderLoader() {}

  /** Checks that every weight the config promises is there, with its shape. Reads no weight. */
  public static void validate(ModelFolder folder) {
    Architecture architecture = Architectures.of(folder.config(), folder.configName());
    DecoderShape shape = architecture.shape(folder.config(), folder.configName());
    WeightSource source = WeightSource.of(folder, architecture, shape);
    expectedShapes(architecture, shape, shape.layers()).forEach(source::check);
  }

  /** Loads a whole model for sequences of at most {@code maxLength} tokens. */
  public static Decoder load(Torch torch, ModelFolder folder, int maxLength) {
    return load(torch, folder, maxLength, Integer.MAX_VALUE);
  }

  /** Loads at most the first {@code layers} layers, to try a model that does not fit in memory. */
  public static Decoder load(Torch torch, ModelFolder folder, int maxLength, int layers) {
    return load(torch, folder, maxLength, layers, BasePrecision.COMPUTED);
  }

  /** Loads a whole model, its layers in the given precision. */
  public static Decoder load(
      Torch torch, ModelFolder folder, int maxLength, BasePrecision precision) {
    return load(torch, folder, maxLength, Integer.MAX_VALUE, precision);
  }

  private static Decoder load(
      Torch torch, ModelFolder folder, int maxLength, int layers, BasePrecision precision) {
    Architecture architecture = Architectures.of(folder.config(), folder.configName());
    DecoderShape shape = architecture.shape(folder.config(), folder.configName());
    int loaded = Math.min(layers, shape.layers());
    WeightSource source = WeightSource.of(folder, architecture, shape);
    Scope scope = torch.root().inner();
    Map<String, Tensor> weights = new LinkedHashMap<>();
    Map<String, Nf4Weight> packed = new LinkedHashMap<>();
    try (WeightLoader loader = new WeightLoader(torch);
        Nf4Quantiser quantiser = new Nf4Quantiser(torch)) {
      Tensor like = loader.like(scope, torch.computeType());
      expectedShapes(architecture, shape, loaded)
          .forEach(
              (name, expected) -> {
                torch.checkMemory();
                if (precision == BasePrecision.NF4 && isMatrixOfLayer(name, expected)) {
                  packed.put(
                      name,
                      quantiser.quantise(
                          scope,
                          name,
                          expected,
                          (work, single, pieces) ->
                              source.pieces(loader, work, name, expected, single, pieces)));
                } else {
                  weights.put(name, source.load(loader, scope, name, expected, like));
                }
              });
      QuantisedLayers quantised =
          packed.isEmpty() ? null : new QuantisedLayers(torch, packed, like);
      return new Decoder(torch, scope, architecture, shape, weights, quantised, loaded, maxLength);
    }
  }

  private static boolean isMatrixOfLayer(String name, long[] shape) {
    return shape.length == 2 && name.startsWith(WeightNames.LAYERS);
  }

  /**
   * A decoder with random, trainable float32 weights: normal with deviation 0.02, norms one, biases
   * zero (GPT-2's initialisation).
   */
  public static Decoder initialise(
      Torch torch, Architecture architecture, DecoderShape shape, int maxLength, long seed) {
    torch.seed(seed);
    try (RandomTensors random = new RandomTensors(torch)) {
      return trainable(
          torch,
          architecture,
          shape,
          maxLength,
          (scope, name, expected) ->
              expected.length == 1
                  ? scope.full(name.endsWith(".bias") ? 0f : 1f, expected)
                  : random.normal(scope, deviation(name, shape), expected));
    }
  }

  /** A decoder with trainable float32 weights taken from {@code values}, row-major. */
  public static Decoder of(
      Torch torch,
      Architecture architecture,
      DecoderShape shape,
      int maxLength,
      Map<String, float[]> values) {
    return trainable(
        torch,
        architecture,
        shape,
        maxLength,
        (scope, name, expected) ->
            scope.floats(Objects.requireNonNull(values.get(name), name), expected));
  }

  private static Decoder trainable(
      Torch torch, Architecture architecture, DecoderShape shape, int maxLength, Source source) {
    Scope scope = torch.root().inner();
    Map<String, Tensor> weights = new LinkedHashMap<>();
    expectedShapes(architecture, shape, shape.layers())
        .forEach(
            (name, expected) -> weights.put(name, source.make(scope, name, expected).trainable()));
    return new Decoder(torch, scope, architecture, shape, weights, null, shape.layers(), maxLength);
  }

  /** Layers that write to the residual stream start smaller, by 1 / sqrt(2 layers), as in GPT-2. */
  private static double deviation(String name, DecoderShape shape) {
    boolean writesResidual =
        Stream.of("o_proj", "down_proj", "dense", "fc2")
            .anyMatch(module -> name.endsWith(module + ".weight"));
    return writesResidual ? INITIAL_DEVIATION / Math.sqrt(2.0 * shape.layers()) : INITIAL_DEVIATION;
  }

  /** Names and shapes of all weights, in a fixed order. */
  public static Map<String, long[]> expectedShapes(
      Architecture architecture, DecoderShape shape, int layers) {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    architecture
        .weights(shape, layers)
        .forEach(weight -> shapes.put(weight.name(), weight.shape()));
    return shapes;
  }

  /** Where a weight comes from. */
  private interface Source {
    Tensor make(Scope scope, String name, long[] shape);
  }
}
