package dev.pipeline.torch;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What PyTorch, CUDA and Java say when memory runs out, in a sentence with their figures. */
final class OutOfMemory {
  /** Java's own memory is bounded apart from all else. */
  static final String MORE_HEAP = "give Java a larger heap: PIPELINE_JAVA_OPTS=-Xmx8g";

  private static final double GIGA = 1e9;

  /** c10/core/impl/alloc_cpu.cpp. */
  private static final Pattern CPU = Pattern.compile("tried to allocate (\\d+) bytes");

  /** c10/cuda/CUDACachingAllocator.cpp. */
  private static final Pattern CUDA =
      Pattern.compile(
          "CUDA out of memory\\. Tried to allocate ([\\d.]+ \\w+)\\."
              + "(?: GPU (\\d+) has a total capacity of ([\\d.]+ \\w+) of which ([\\d.]+ \\w+) is)?");

  /** Where nothing says how much was asked for. */
  private static final List<String> OTHERS =
      List.of(
          "CUDA error: out of memory",
          "CUBLAS_STATUS_ALLOC_FAILED",
          "CUDNN_STATUS_ALLOC_FAILED",
          "std::bad_alloc",
          "Cannot allocate memory");

  private OutOfMemory() {}

  /** What ran out, or empty when {@code thrown} is about something else. */
  static Optional<String> reason(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      String said = String.valueOf(cause.getMessage());
      if (cause instanceof OutOfMemoryError) {
        return Optional.of("Java ran out of memory: " + said);
      }
      Optional<String> reason = said(said);
      if (reason.isPresent()) {
        return reason;
      }
    }
    return Optional.empty();
  }

  /** Whether it is Java's heap that is full. */
  static boolean isOfJava(Throwable thrown) {
    return thrown instanceof OutOfMemoryError
        || (thrown.getCause() != null && isOfJava(thrown.getCause()));
  }

  private static Optional<String> said(String message) {
    Matcher cuda = CUDA.matcher(message);
    if (cuda.find()) {
      String reason = "the GPU ran out of memory: training asked for " + cuda.group(1) + " more";
      return Optional.of(
          cuda.group(2) == null
              ? reason
              : "%s; GPU %s has %s, of which %s are free"
                  .formatted(reason, cuda.group(2), cuda.group(3), cuda.group(4)));
    }
    Matcher cpu = CPU.matcher(message);
    if (cpu.find()) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "memory ran out: training asked for %.2f GB more",
              Double.parseDouble(cpu.group(1)) / GIGA));
    }
    return OTHERS.stream()
        .filter(message::contains)
        .findFirst()
        .map(known -> "memory ran out: the engine says " + known);
  }
}
