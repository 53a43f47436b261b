package dev.pipeline.jobs;

import com.sun.management.OperatingSystemMXBean;
import dev.pipeline.torch.Gpus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the machine, or the container that stands for it, has. */
final class Machine {
  private static final double GIGA = 1e9;

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

  /** What decides how fast a model is here, in words; no name that would tell whose it is. */
  static String description() {
    List<Long> gpus = Gpus.memory();
    return String.format(
        Locale.ROOT,
        "%s, %d cores, %.0f GB%s",
        processor(),
        Runtime.getRuntime().availableProcessors(),
        memory() / GIGA,
        gpus.isEmpty()
            ? ""
            : gpus.stream()
                .map(bytes -> String.format(Locale.ROOT, "%.0f GB", bytes / GIGA))
                .collect(Collectors.joining(", ", ", GPUs of ", "")));
  }

  private static String processor() {
    try (Stream<String> lines = Files.lines(PROCESSOR)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (IOException | UncheckedIOException unknown) {
      return System.getProperty("os.arch");
    }
  }

  /** Physical memory in bytes. */
  static long memory() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
  }
}
