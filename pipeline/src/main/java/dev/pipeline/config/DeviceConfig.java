package dev.pipeline.config;

/**
 * What {@code pipeline estimate --device} knows of a device: the content of a file of {@code
 * configs/devices}. Every key is written out there.
 *
 * @param peakTflops floating-point operations it does at most, in 10^12 a second, in bfloat16 and
 *     without sparsity
 * @param memoryGb memory in 10^9 bytes
 * @param utilisation share of the peak that training is taken to reach, computing layers again
 *     counted as work
 * @param basis where that share comes from; the estimate repeats it
 * @param source where the other figures come from
 */
public record DeviceConfig(
    double peakTflops, double memoryGb, double utilisation, String basis, String source) {
  /** Refuses values that no device has. */
  public DeviceConfig {
    Check.positive("peak_tflops", peakTflops);
    Check.positive("memory_gb", memoryGb);
    Check.positive("utilisation", utilisation);
    Check.within("utilisation", 0, Math.nextUp(1.0), utilisation);
    Check.notBlank("basis", basis);
    Check.notBlank("source", source);
  }
}
