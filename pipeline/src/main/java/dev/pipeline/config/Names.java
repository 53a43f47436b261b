package dev.pipeline.config;

import java.util.Locale;

/** Java names and the keys they stand for. */
final class Names {
  private Names() {}

  /**
   * {@code loraTargetModules} and {@code KEEP_ANSWER} become {@code lora_target_modules} and {@code
   * keep_answer}; {@code loadIn4bit} becomes {@code load_in_4bit}.
   */
  static String snake(String javaName) {
    String name =
        javaName.equals(javaName.toUpperCase(Locale.ROOT))
            ? javaName
            : javaName.replaceAll("([A-Z]|(?<=[a-z])\\d(?=[a-z]))", "_$1");
    return name.toLowerCase(Locale.ROOT);
  }
}
