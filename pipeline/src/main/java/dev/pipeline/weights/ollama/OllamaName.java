package dev.pipeline.weights.ollama;

import dev.pipeline.io.Failure;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A model's name as Ollama writes it: {@code phi4}, {@code phi4:14b}, {@code someone/model:tag} or
 * {@code host/someone/model:tag}.
 *
 * @param host the registry
 * @param namespace who published it
 * @param model the model
 * @param tag its variant
 */
public record OllamaName(String host, String namespace, String model, String tag) {
  private static final String PART = "[A-Za-z0-9_][A-Za-z0-9_.-]*";
  private static final Pattern NAME =
      Pattern.compile(
          "(?:(?:(?<host>%1$s(?::\\d+)?)/)?(?<namespace>%1$s)/)?(?<model>%1$s)(?::(?<tag>%1$s))?"
              .formatted(PART));

  /** Reads {@code name}; parts that are not said are Ollama's defaults. */
  public static OllamaName parse(String name) {
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches() || name.contains("..")) {
      throw Failure.usage(
          "base_model: ollama:" + name + " is no model name", "write it as in ollama:phi4:latest");
    }
    return new OllamaName(
        or(matcher.group("host"), "registry.ollama.ai"),
        or(matcher.group("namespace"), "library"),
        matcher.group("model"),
        or(matcher.group("tag"), "latest"));
  }

  private static String or(@org.jspecify.annotations.Nullable String text, String absent) {
    return text == null ? absent : text;
  }

  @Override
  public String toString() {
    return model + ":" + tag;
  }
}
