package dev.pipeline.torch;

import ai.djl.Device;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.util.cuda.CudaUtils;

/** What is taken on a GPU beyond what was taken when the engine was opened. */
final class GpuMemory implements MemoryMeter {
  private final Device device;
  private final long before;

  private GpuMemory(Device device, long before) {
    this.device = device;
    this.before = before;
  }

  static GpuMemory fromNow(Device device) {
    return new GpuMemory(device, taken(device));
  }

  /** Bytes that {@code device} has. */
  static long capacity(Device device) {
    return CudaUtils.getGpuMemory(device).getMax();
  }

  /** With what PyTorch keeps of freed memory for later, so that this is the most since release. */
  @Override
  public long used() {
    return taken(device) - before;
  }

  @Override
  public void release() {
    JniUtils.emptyCudaCache();
  }

  private static long taken(Device device) {
    return CudaUtils.getGpuMemory(device).getCommitted();
  }
}
