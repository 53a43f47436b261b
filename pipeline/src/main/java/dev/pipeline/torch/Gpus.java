package dev.pipeline.torch;

import ai.djl.Device;
import ai.djl.util.cuda.CudaUtils;
import java.util.List;
import java.util.stream.IntStream;

/** The GPUs that CUDA's runtime sees, whether or not PyTorch can use them. */
public final class Gpus {
  private Gpus() {}

  /** Bytes that each has. */
  public static List<Long> memory() {
    return devices().stream().map(GpuMemory::capacity).toList();
  }

  /** Bytes that are taken on all of them together, by whomever. */
  public static long taken() {
    return devices().stream()
        .mapToLong(device -> CudaUtils.getGpuMemory(device).getCommitted())
        .sum();
  }

  private static List<Device> devices() {
    return IntStream.range(0, CudaUtils.getGpuCount()).mapToObj(Device::gpu).toList();
  }
}
