package dev.pipeline.torch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What it takes to train on an NVIDIA GPU, and what of it is there. CUDA builds of libtorch are not
 * in Maven's repository, so that one has to come from elsewhere.
 *
 * @param driver whether the machine has NVIDIA's kernel driver
 * @param libraryPath PYTORCH_LIBRARY_PATH, empty when unset
 * @param cudaLibrary whether that folder holds libtorch_cuda.so
 * @param download whether DJL is told to download a CUDA build itself
 */
public record CudaPieces(
    boolean driver, String libraryPath, boolean cudaLibrary, boolean download) {
  private static final String VERSION = "PYTORCH_VERSION=2.7.1 PYTORCH_FLAVOR=cu128";
  private static final String HOW =
      "either install PyTorch 2.7.1 for CUDA 12.8 and set PYTORCH_LIBRARY_PATH to its lib folder with "
          + VERSION
          + ", or let DJL download one: "
          + VERSION
          + " PIPELINE_JAVA_OPTS=-Dai.djl.offline=false";

  /** A piece that is missing, and how to get it. */
  public record Missing(String piece, String fix) {}

  /** Looks around; {@code environment} is the process's. */
  public static CudaPieces find(Map<String, String> environment) {
    String path = environment.getOrDefault("PYTORCH_LIBRARY_PATH", "");
    return new CudaPieces(
        Files.exists(Path.of("/proc/driver/nvidia/version"))
            || Files.exists(Path.of("/dev/nvidiactl")),
        path,
        !path.isEmpty() && Files.exists(Path.of(path, "libtorch_cuda.so")),
        environment.getOrDefault("PYTORCH_FLAVOR", "").startsWith("cu")
            && environment.containsKey("PYTORCH_VERSION"));
  }

  /** The first piece without which PyTorch sees none of {@code gpus}; empty when it sees some. */
  public Optional<Missing> missing(int gpus) {
    if (gpus > 0) {
      return Optional.empty();
    }
    if (!driver) {
      return Optional.of(
          new Missing(
              "no NVIDIA driver on this machine",
              "install the driver (nvidia-smi must list the GPU), or set device: cpu"));
    }
    if (libraryPath.isEmpty() && !download) {
      return Optional.of(
          new Missing(
              "there is a driver, but no CUDA build of libtorch 2.7.1, which Maven does not have",
              HOW));
    }
    if (!libraryPath.isEmpty() && !cudaLibrary) {
      return Optional.of(
          new Missing("PYTORCH_LIBRARY_PATH, " + libraryPath + ", holds no libtorch_cuda.so", HOW));
    }
    return Optional.of(
        new Missing(
            "driver and CUDA build are there, but PyTorch sees no GPU",
            "check nvidia-smi, CUDA_VISIBLE_DEVICES, and that the driver is new enough for CUDA"
                + " 12.8 (570 or newer)"));
  }
}
