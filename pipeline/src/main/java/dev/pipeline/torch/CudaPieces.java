package dev.pipeline.torch;

import com.sun.jna.NativeLibrary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What it takes to train on an NVIDIA GPU, and what of it is there. CUDA builds of libtorch are not
 * in Maven's repository, so that one has to come from elsewhere; how DJL looks for it is in its
 * {@code LibUtils} and {@code CudaUtils}.
 *
 * @param driver whether the machine has NVIDIA's kernel driver
 * @param runtime whether libcudart loads, by which DJL counts GPUs
 * @param own the PyTorch that PYTORCH_LIBRARY_PATH names, empty when that is unset
 * @param flavor PYTORCH_FLAVOR, empty when unset
 */
public record CudaPieces(boolean driver, boolean runtime, Optional<OwnPyTorch> own, String flavor) {
  private static final String RELEASE = "2.7.1";
  private static final String FLAVOR = "cu128";

  private static final String OWN =
      "set PYTORCH_LIBRARY_PATH to the lib folder of PyTorch 2.7.1 for CUDA 12.8,"
          + " PYTORCH_VERSION=2.7.1 and PYTORCH_FLAVOR=cu128";
  private static final String DOWNLOAD =
      "let DJL download one, once, from publish.djl.ai: PYTORCH_FLAVOR=cu128 DJL_OFFLINE=false";

  /**
   * A piece that is missing.
   *
   * @param driver whether there is a driver at least, and so a GPU that could be used
   * @param piece what is missing
   * @param fix how to get it
   */
  public record Missing(boolean driver, String piece, String fix) {}

  /** Looks around; {@code environment} is the process's. */
  public static CudaPieces find(Map<String, String> environment) {
    return new CudaPieces(
        Files.exists(Path.of("/proc/driver/nvidia/version"))
            || Files.exists(Path.of("/dev/nvidiactl")),
        loads("cudart"),
        Optional.ofNullable(environment.get("PYTORCH_LIBRARY_PATH"))
            .filter(path -> !path.isEmpty())
            .map(OwnPyTorch::in),
        environment.getOrDefault("PYTORCH_FLAVOR", ""));
  }

  private static boolean loads(String library) {
    try {
      NativeLibrary.getInstance(library).close();
      return true;
    } catch (UnsatisfiedLinkError absent) {
      return false;
    }
  }

  /**
   * The first piece without which PyTorch sees none of the GPUs; empty when it sees some.
   *
   * @param gpus GPUs that it sees
   * @param libraries folder that it was loaded from
   */
  public Optional<Missing> missing(int gpus, String libraries) {
    if (gpus > 0) {
      return Optional.empty();
    }
    if (!driver) {
      return missing(
          "no NVIDIA driver on this machine",
          "install the driver (nvidia-smi must list the GPU), or set device: cpu");
    }
    return own.map(this::missingIn)
        .orElseGet(() -> missingWithout(libraries))
        .or(
            () ->
                runtime
                    ? Optional.empty()
                    : missing(
                        "there is no libcudart, by which DJL counts GPUs",
                        "install CUDA's runtime (Debian, Ubuntu: cuda-cudart-12-8), or name the"
                            + " folder of pip's libcudart.so.12:"
                            + " PIPELINE_JAVA_OPTS=-Djna.library.path=.../nvidia/cuda_runtime/lib"))
        .or(
            () ->
                missing(
                    "driver and CUDA build are there, but PyTorch sees no GPU",
                    "check nvidia-smi, CUDA_VISIBLE_DEVICES, and that the driver is new enough for"
                        + " CUDA 12.8 (570 or newer)"));
  }

  /** What to do when PyTorch does not even start, as far as it is about these pieces. */
  public Optional<String> startFix() {
    if (own.isPresent() && !own.get().torch()) {
      return Optional.of(OWN);
    }
    if (own.isPresent() && flavor.isEmpty()) {
      return Optional.of(
          "set PYTORCH_FLAVOR=cu128 (or cpu) beside PYTORCH_LIBRARY_PATH; DJL takes the library of"
              + " that name to reach PyTorch by");
    }
    return own.isEmpty() && flavor.startsWith("cu") ? Optional.of(DOWNLOAD) : Optional.empty();
  }

  private Optional<Missing> missingIn(OwnPyTorch pytorch) {
    String where = "PYTORCH_LIBRARY_PATH, " + pytorch.path() + ", ";
    if (!pytorch.torch()) {
      return missing(where + "holds no libtorch.so, so that the CPU build was loaded", OWN);
    }
    if (!pytorch.cuda()) {
      return missing(where + "is a CPU build: it holds no libtorch_cuda.so", OWN);
    }
    if (!pytorch.version().isEmpty() && !pytorch.version().startsWith(RELEASE)) {
      return missing(where + "is PyTorch " + pytorch.version() + ", DJL is built for 2.7.1", OWN);
    }
    return flavor.equals(FLAVOR) ? Optional.empty() : wrongFlavor();
  }

  private Optional<Missing> missingWithout(String libraries) {
    if (flavor.isEmpty()) {
      return missing(
          "there is a driver, but no CUDA build of libtorch 2.7.1, which Maven does not have",
          OWN + "; or " + DOWNLOAD);
    }
    if (!flavor.equals(FLAVOR)) {
      return wrongFlavor();
    }
    return libraries.contains(FLAVOR)
        ? Optional.empty()
        : missing(
            "PYTORCH_FLAVOR is cu128, but the CPU build on the class path was loaded first",
            "start with scripts/pipeline, which leaves that one out, and " + DOWNLOAD);
  }

  private Optional<Missing> wrongFlavor() {
    return missing(
        "PYTORCH_FLAVOR is " + (flavor.isEmpty() ? "not set" : flavor) + ", DJL has cpu and cu128",
        "set PYTORCH_FLAVOR=cu128");
  }

  private Optional<Missing> missing(String piece, String fix) {
    return Optional.of(new Missing(driver, piece, fix));
  }
}
