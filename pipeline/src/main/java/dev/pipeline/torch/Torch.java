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
import java.util.function.Supplier;

/**
 * The engine, opened for one device and one thread count. Both are global to the process in
 * PyTorch, so keep one open at a time.
 */
public final class Torch implements AutoCloseable {
  private final Scope root;
  private final boolean cuda;

  private Torch(Scope root, boolean cuda) {
    this.root = root;
    this.cuda = cuda;
  }

  /**
   * Starts PyTorch.
   *
   * @param device {@code cpu}, {@code cuda}, or {@code auto} for CUDA when there is a GPU
   * @param threads threads of a matrix product; results are reproducible for a given number
   */
  public static Torch open(String device, int threads) {
    if (System.getProperty("ai.djl.offline") == null) {
      System.setProperty("ai.djl.offline", "true");
    }
    System.setProperty("OPT_OUT_TRACKING", "true");
    try {
      Engine engine = Engine.getEngine("PyTorch");
      boolean cuda = useCuda(device, engine.getGpuCount());
      JniUtils.setNumThreads(threads);
      // Profiling and fusing executors recompile on new shapes: stalls and memory, no gain for us.
      JniUtils.setGraphExecutorOptimize(false);
      JniUtils.setGradMode(true);
      PtNDManager manager = (PtNDManager) engine.newBaseManager(cuda ? Device.gpu() : Device.cpu());
      return new Torch(new Scope(manager), cuda);
    } catch (EngineException | UnsatisfiedLinkError e) {
      throw Failure.infrastructure(
          "PyTorch does not start: " + e.getMessage(),
          "free 500 MB for its libraries in DJL_CACHE_DIR (default ~/.djl.ai), on Linux x86-64",
          e);
    }
  }

  /** Starts PyTorch for the CPU and tells what was found. */
  public static EngineFacts facts() {
    open("cpu", 1).close();
    Engine engine = Engine.getEngine("PyTorch");
    return new EngineFacts(
        engine.getVersion(), engine.getGpuCount(), String.valueOf(LibUtils.getLibtorchPath()));
  }

  private static boolean useCuda(String device, int gpus) {
    return switch (device) {
      case "cpu" -> false;
      case "auto" -> gpus > 0;
      case "cuda" -> {
        if (gpus == 0) {
          throw Failure.infrastructure(
              "device: cuda is configured, but PyTorch sees no GPU",
              "set device: cpu, or install a CUDA build of libtorch 2.7.1 (PYTORCH_LIBRARY_PATH)",
              null);
        }
        yield true;
      }
      default -> throw Failure.usage("device: " + device, "use cpu, cuda or auto");
    };
  }

  /** Whether tensors live on a GPU. */
  public boolean cuda() {
    return cuda;
  }

  /**
   * The type matrix products run in: bfloat16 on a GPU, float32 on a CPU, where bfloat16 is slower.
   */
  public ScalarType computeType() {
    return cuda ? ScalarType.BFLOAT16 : ScalarType.FLOAT32;
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
