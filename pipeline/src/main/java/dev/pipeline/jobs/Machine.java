package dev.pipeline.jobs;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What the machine, or the container that stands for it, has. */
final class Machine {
  private static final Path PROCESSOR = Path.of("/proc/cpuinfo");

  private static final Set<String> BFLOAT16_UNITS = Set.of("avx512_bf16", "amx_bf16", "bf16");

  private Machine() {}

  /** The processor's units for bfloat16, by the kernel's names. */
  static List<String> bfloat16Units() {
    try (Stream<String> lines = Files.lines(PROCESSOR)) {
      return bfloat16Units(lines);
    } catch (IOException | UncheckedIOException unknown) {
      return List.of();
    }
  }

  static List<String> bfloat16Units(Stream<String> lines) {
    return lines
        .filter(line -> line.startsWith("flags") || line.startsWith("Features"))
        .limit(1)
        .flatMap(line -> Stream.of(line.split("\\s+")))
        .filter(BFLOAT16_UNITS::contains)
        .sorted()
        .toList();
  }

  /** Physical memory in bytes. */
  static long memory() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
  }
}
