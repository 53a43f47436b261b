package dev.pipeline.weights.gguf.tokenizer;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What llama.cpp concludes from {@code general.name}: control tokens of a Phi-3, such as {@code
 * <|end|>}, swallow the white space after them. No other key of a GGUF can say so. It looks for
 * {@link #NEEDED} in every vocabulary so named, and does not load one that lacks any.
 */
public final class PhiThreeName {
  /** Tokens of Phi-3 that keep the white space after them. */
  public static final Set<String> KEEP_SPACE = Set.of("<unk>", "<s>", "<|endoftext|>");

  /** Tokens without which llama.cpp loads no model of this name. */
  public static final Set<String> NEEDED = Set.of("<unk>", "<s>", "</s>", "<|endoftext|>");

  private static final Pattern MARK = Pattern.compile("(?i)(phi)-?(3)");

  private PhiThreeName() {}

  /** Whether {@code name} makes control tokens swallow the white space after them. */
  public static boolean swallowsSpace(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.contains("phi-3") || lower.contains("phi3");
  }

  /** {@code name}, changed as little as it takes to mean that space is swallowed, or kept. */
  public static String of(String name, boolean swallowsSpace) {
    if (swallowsSpace == swallowsSpace(name)) {
      return name;
    }
    return swallowsSpace ? name + " (Phi-3)" : MARK.matcher(name).replaceAll("$1 $2");
  }
}
