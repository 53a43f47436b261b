package dev.pipeline.torch;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.pytorch.jni.LibUtils;
import dev.pipeline.io.Failure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * The engine, opened on one device. The thread count is global to the process in PyTorch, so that
 * engines that are open at the same time must agree on it.
 */
public final class Torch implements AutoCloseable {
  private static final String ROOM_FOR_LIBRARIES =
      "free 500 MB for its libraries in DJL_CACHE_DIR (default ~/.djl.ai), on Linux x86-64";

  private static final Object GENERATORS = new Object();

  private final Scope root;
  private final boolean cuda;
  private final ScalarType computeType;
  private final MemoryLimit limit;
  private final MemoryMeter meter;

  private Torch(
      Scope root, boolean cuda, ScalarType computeType, MemoryLimit limit, MemoryMeter meter) {
    this.root = root;
    this.cuda = cuda;
    this.computeType = computeType;
    this.limit = limit;
    this.meter = meter;
  }

  /**
   * Starts PyTorch on one device.
   *
   * @param device {@code cpu}, {@code cuda}, {@code cuda:1}, or {@code auto} for CUDA when there is
   *     a GPU; of several GPUs the first
   * @param threads threads of a matrix product; results are reproducible for a given number
   */
  public static Torch open(String device, int threads) {
    return open(EngineSettings.of(device, threads));
  }

  /** Starts PyTorch on the first of the devices that {@code settings} means. */
  public static Torch open(EngineSettings settings) {
    return openAll(settings, 1).get(0);
  }

  /**
   * Starts PyTorch on at most {@code most} of the devices that {@code settings} means, in order.
   */
  static List<Torch> openAll(EngineSettings settings, int most) {
    if (System.getProperty("ai.djl.offline") == null) {
      System.setProperty("ai.djl.offline", "true");
    }
    System.setProperty("OPT_OUT_TRACKING", "true");
    try {
      Engine engine = Engine.getEngine("PyTorch");
      List<Device> devices = DeviceChoice.of(settings.device(), engine.getGpuCount());
      JniUtils.setNumThreads(settings.threads());
      useThisThread();
      return devices.stream().limit(most).map(one -> on(engine, one, settings)).toList();
    } catch (EngineException | UnsatisfiedLinkError e) {
      throw Failure.infrastructure(
          "PyTorch does not start: " + chain(e),
          CudaPieces.find(System.getenv()).startFix().orElse(ROOM_FOR_LIBRARIES),
          e);
    }
  }

  /** What went wrong, and the first cause of it. */
  private static String chain(Throwable thrown) {
    Throwable cause = thrown;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return thrown.getMessage() + (cause == thrown ? "" : " (" + cause + ")");
  }

  private static Torch on(Engine engine, Device device, EngineSettings settings) {
    Scope root = new Scope((PtNDManager) engine.newBaseManager(device));
    ScalarType usual = device.isGpu() ? ScalarType.BFLOAT16 : ScalarType.FLOAT32;
    ScalarType type = settings.computeType().orElse(usual);
    MemoryLimit limit = settings.limit();
    return new Torch(root, device.isGpu(), type, limit, meter(device, limit));
  }

  /**
   * Makes the calling thread compute as the one that opened the engine does. PyTorch keeps these
   * settings by thread.
   */
  public static void useThisThread() {
    // Profiling and fusing executors recompile on new shapes: stalls and memory, no gain for us.
    JniUtils.setGraphExecutorOptimize(false);
    JniUtils.setGradMode(true);
  }

  /** Starts PyTorch for the CPU and tells what was found. */
  public static EngineFacts facts() {
    open("cpu", 1).close();
    Engine engine = Engine.getEngine("PyTorch");
    return new EngineFacts(
        engine.getVersion(), engine.getGpuCount(), String.valueOf(LibUtils.getLibtorchPath()));
  }

  private static MemoryMeter meter(Device device, MemoryLimit limit) {
    if (limit.isNone()) {
      return () -> 0;
    }
    return device.isGpu() ? GpuMemory.fromNow(device) : ProcessMemory.fromNow();
  }

  /** Bytes that the smallest of the GPUs of {@code device} has; empty when that is no GPU. */
  public static OptionalLong gpuMemory(String device) {
    try (DeviceGroup devices = DeviceGroup.open(EngineSettings.of(device, 1))) {
      return devices.all().stream()
          .filter(Torch::cuda)
          .mapToLong(torch -> GpuMemory.capacity(torch.root.manager().getDevice()))
          .min();
    }
  }

  /** Stops a run that takes more memory than its limit; cheap enough for every layer. */
  public void checkMemory() {
    limit.check(meter);
  }

  /** Whether tensors live on a GPU. */
  public boolean cuda() {
    return cuda;
  }

  /** The type of activations and of weights that are not trained. */
  public ScalarType computeType() {
    return computeType;
  }

  /** The scope that lives as long as the engine. */
  public Scope root() {
    return root;
  }

  /**
   * Compiles the TorchScript methods in the class-path resources {@code torchscript/<name>.ts}, all
   * of which can call each other.
   */
  public Program program(String... names) {
    StringBuilder methods = new StringBuilder();
    for (String name : names) {
      methods.append(resource("/torchscript/" + name + ".ts"));
    }
    return compile(methods.toString());
  }

  private static String resource(String path) {
    try (InputStream in = Torch.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalArgumentException("no resource " + path);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Compiles TorchScript methods, each {@code def} indented by two spaces. */
  public Program compile(String methods) {
    try {
      return new Program(
          JniUtils.loadModule(
              root.manager(),
              new ByteArrayInputStream(TorchScriptArchive.of(methods)),
              false,
              false));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Seeds the process-wide generator that dropout and random tensors draw from. */
  public void seed(long seed) {
    JniUtils.setSeed(seed);
  }

  /**
   * Seeds the generators and runs {@code body}, which draws from them, before any other thread may:
   * PyTorch has one generator a device, and seeds all of them at once. On a GPU the body only hands
   * out work, so that the others hardly wait.
   */
  public <T> T seeded(long seed, Supplier<T> body) {
    synchronized (GENERATORS) {
      seed(seed);
      return body.get();
    }
  }

  /** Runs {@code body} with autograd off on this thread, and turns it back as it was. */
  public <T> T withoutGradient(Supplier<T> body) {
    boolean before = JniUtils.isGradMode();
    JniUtils.setGradMode(false);
    try {
      return body.get();
    } finally {
      JniUtils.setGradMode(before);
    }
  }

  @Override
  public void close() {
    root.close();
  }
}
