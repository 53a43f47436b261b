package dev.pipeline.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * {@code package.yaml}: merge, convert, quantise, measure, load.
 *
 * @param quantizations GGUF types made beside F16, of Q8_0, Q6_K, Q5_K_M, Q4_K_M and Q4_0; the
 *     first is the one that is evaluated, and served as {@code <model>.gguf}
 * @param importanceMatrix whether errors of quantising are weighed by how strongly the training
 *     rows use each column of a weight: {@code auto} makes each file both ways and keeps the
 *     weighted one where its predictions on the hold-out are closer to those of F16 beyond doubt,
 *     {@code always} and {@code never} ask nothing; default auto
 * @param imatrixTokens tokens of training rows, evenly spread over them, that the matrix is
 *     computed on; default 131072
 * @param qualityRows held-out rows on whose answers each file is compared with F16, which llama.cpp
 *     must load for it; 0 compares nothing, and leaves auto nothing to go by; default 64
 * @param llamaQuantize llama.cpp's own llama-quantize, to be used instead of the bundled kernels;
 *     one of July 2025 or newer where there is an importance matrix; default none
 * @param llamaLibrary libllama.so of the user's own llama.cpp, which checks and judges models in
 *     place of the one that ships: for architectures newer than that; default none
 * @param loadCheckTokens tokens the finished file must generate before it counts; default 16
 */
public record PackageConfig(
    List<String> quantizations,
    ImportanceMatrix importanceMatrix,
    int imatrixTokens,
    int qualityRows,
    Optional<Path> llamaQuantize,
    Optional<Path> llamaLibrary,
    int loadCheckTokens) {
  private static final List<String> KNOWN = List.of("Q8_0", "Q6_K", "Q5_K_M", "Q4_K_M", "Q4_0");

  /** What holds without a file. */
  public static final PackageConfig DEFAULTS =
      new PackageConfig(
          List.of("Q4_K_M", "Q8_0"),
          ImportanceMatrix.AUTO,
          131_072,
          64,
          Optional.empty(),
          Optional.empty(),
          16);

  /** When errors are weighed by an importance matrix. */
  public enum ImportanceMatrix {
    /** Where it is seen to help. */
    AUTO,
    /** In every type whose kernels can. */
    ALWAYS,
    /** Nowhere. */
    NEVER
  }

  /** Refuses types that are not made here. */
  public PackageConfig {
    quantizations = List.copyOf(quantizations);
    Check.notEmpty("quantizations", quantizations);
    for (String quantization : quantizations) {
      if (!KNOWN.contains(quantization)) {
        throw Check.bad("quantizations", "may name " + KNOWN + ", names \"" + quantization + "\"");
      }
    }
    if (quantizations.stream().distinct().count() < quantizations.size()) {
      throw Check.bad("quantizations", "names a type twice");
    }
    Check.atLeast("imatrix_tokens", 1, imatrixTokens);
    Check.atLeast("quality_rows", 0, qualityRows);
    if (qualityRows == 0 && importanceMatrix == ImportanceMatrix.AUTO) {
      throw new BadValue(
          "importance_matrix",
          "auto compares files on held-out rows, and quality_rows is 0",
          "set quality_rows, or importance_matrix to always or never");
    }
    Check.atLeast("load_check_tokens", 1, loadCheckTokens);
  }
}
