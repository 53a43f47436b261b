package dev.pipeline.chat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * How byte-level BPE tokenizers cut text before they merge, by the names that llama.cpp gives them
 * in {@code tokenizer.ggml.pre} and the patterns that tokenizer.json spells out. One more is one
 * more constant: reading a tokenizer.json, writing a GGUF and reading one follow from it.
 *
 * @see <a
 *     href="https://github.com/ggml-org/llama.cpp/blob/b4916/src/llama-vocab.cpp">llama-vocab.cpp</a>
 */
public enum PreTokenizer {
  /** GPT-2 itself, and Phi-2. */
  GPT_2(Patterns.GPT_2, Extras.NONE, "gpt-2", "phi-2"),
  /** GPT-2 with every digit alone. */
  SMOLLM(Patterns.GPT_2, Extras.DIGITS, "smollm"),
  /** Llama 3: a word that is a token as a whole is not merged from its parts. */
  LLAMA_3(Patterns.CL100K, Extras.WHOLE_WORDS, "llama-bpe", "llama3", "llama-v3"),
  /** cl100k, as Phi-4 uses it. */
  CL100K(Patterns.CL100K, Extras.NONE, "dbrx"),
  /** As cl100k with every digit alone, after Unicode's canonical composition. */
  QWEN_2(Patterns.QWEN_2, Extras.COMPOSED, "qwen2"),
  /** As Qwen 2, without the composition. */
  STABLELM_2(Patterns.QWEN_2, Extras.NONE, "stablelm2"),
  /** o200k, as Phi-4-mini uses it. */
  O200K(Patterns.O200K, Extras.NONE, "gpt-4o"),
  /** Mistral's tekken. */
  TEKKEN(Patterns.TEKKEN, Extras.WHOLE_WORDS, "tekken");

  private final String pattern;
  private final Extras extras;

  @SuppressWarnings("ImmutableEnumChecker") // An unmodifiable list.
  private final List<String> names;

  PreTokenizer(String pattern, Extras extras, String... names) {
    this.pattern = pattern;
    this.extras = extras;
    this.names = List.of(names);
  }

  /** The one llama.cpp means by {@code name}. */
  public static Optional<PreTokenizer> named(String name) {
    return Arrays.stream(values()).filter(known -> known.names.contains(name)).findFirst();
  }

  /** The one that {@code tokenizer}, the content of a tokenizer.json, spells out. */
  public static Optional<PreTokenizer> of(JsonNode tokenizer) {
    return ByteLevelCuts.read(tokenizer)
        .flatMap(cuts -> Arrays.stream(values()).filter(cuts::areThoseOf).findFirst());
  }

  /** The name that a GGUF file gives it. */
  public String ggufName() {
    return names.get(0);
  }

  /** Whether {@code pattern} is one of theirs. */
  static boolean knows(String pattern) {
    return Arrays.stream(values()).anyMatch(known -> known.pattern.equals(pattern));
  }

  /** All names llama.cpp uses for those that are known. */
  public static List<String> allNames() {
    return Arrays.stream(values()).flatMap(known -> known.names.stream()).toList();
  }

  /** Where text is cut: every match is a piece. */
  public String pattern() {
    return pattern;
  }

  /** Whether each digit is cut off first. */
  public boolean singleDigits() {
    return extras == Extras.DIGITS;
  }

  /** Whether a piece that is in the vocabulary is taken as it is. */
  public boolean ignoresMerges() {
    return extras == Extras.WHOLE_WORDS;
  }

  /** Whether llama.cpp, which has no character classes by case, cuts some words elsewhere. */
  public boolean isApproximated() {
    return this == O200K || this == TEKKEN;
  }

  /** Whether text is brought to Unicode's normalisation form C first. */
  public boolean composes() {
    return extras == Extras.COMPOSED;
  }

  private enum Extras {
    NONE,
    DIGITS,
    WHOLE_WORDS,
    COMPOSED
  }

  private static final class Patterns {
    static final String GPT_2 =
        "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";
    static final String CL100K =
        "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}"
            + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
    static final String QWEN_2 =
        "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}"
            + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
    private static final String UPPER = "[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]";
    private static final String LOWER = "[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]";
    private static final String TAIL =
        "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
    private static final String CLITIC = "(?i:'s|'t|'re|'ve|'m|'ll|'d)?";
    static final String O200K = words(CLITIC) + "|\\p{N}{1,3}" + TAIL;
    static final String TEKKEN = words("") + "|\\p{N}" + TAIL;

    private static String words(String end) {
      String start = "[^\\r\\n\\p{L}\\p{N}]?";
      return start + UPPER + "*" + LOWER + "+" + end + "|" + start + UPPER + "+" + LOWER + "*"
          + end;
    }
  }
}
