package dev.pipeline.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * {@code package.yaml}: merge, convert, quantise, load.
 *
 * @param quantizations GGUF types made beside F16, of Q4_K_M and Q8_0; the first is the one that is
 *     evaluated, and served as {@code <model>.gguf}; default both
 * @param llamaQuantize llama.cpp's own llama-quantize, to be used instead of the bundled kernels;
 *     default none
 * @param llamaLibrary libllama.so of the user's own llama.cpp, which checks and judges models in
 *     place of the one that ships: for architectures newer than that; default none
 * @param loadCheckTokens tokens the finished file must generate before it counts; default 16
 */
public record PackageConfig(
    List<String> quantizations,
    Optional<Path> llamaQuantize,
    Optional<Path> llamaLibrary,
    int loadCheckTokens) {
  private static final List<String> KNOWN = List.of("Q4_K_M", "Q8_0");

  /** What holds without a file. */
  public static final PackageConfig DEFAULTS =
      new PackageConfig(List.of("Q4_K_M", "Q8_0"), Optional.empty(), Optional.empty(), 16);

  /** Refuses types that are not made here. */
  public PackageConfig {
    quantizations = List.copyOf(quantizations);
    Check.notEmpty("quantizations", quantizations);
    for (String quantization : quantizations) {
      if (!KNOWN.contains(quantization)) {
        throw Check.bad("quantizations", "may name " + KNOWN + ", names \"" + quantization + "\"");
      }
    }
    Check.atLeast("load_check_tokens", 1, loadCheckTokens);
  }
}
