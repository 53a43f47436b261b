package dev.pipeline.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of the base model besides its folder: the content of a registry file, and keys of
 * {@code model.yaml}, which win over it. What neither says, the folder decides.
 *
 * @param source Hugging Face id of the model; default none
 * @param promptFormat Jinja chat template for a folder that brings none; default none
 * @param stopWords texts that end an answer, the trained terminator among them; default the control
 *     tokens of the chat template
 * @param contextLength longest prompt and answer together in tokens, where it is less than the
 *     folder's; default none
 * @param licence the licence the weights are given under; default none
 */
public record BaseDescription(
    Optional<String> source,
    Optional<String> promptFormat,
    List<String> stopWords,
    Optional<Integer> contextLength,
    Optional<String> licence) {
  /** What holds without a file. */
  public static final BaseDescription DEFAULTS =
      new BaseDescription(
          Optional.empty(), Optional.empty(), List.of(), Optional.empty(), Optional.empty());

  /** Refuses empty texts and a context nothing fits in. */
  public BaseDescription {
    stopWords = List.copyOf(stopWords);
    source.ifPresent(text -> Check.notBlank("source", text));
    promptFormat.ifPresent(text -> Check.notBlank("prompt_format", text));
    stopWords.forEach(word -> Check.notBlank("stop_words", word));
    contextLength.ifPresent(tokens -> Check.atLeast("context_length", 16, tokens));
    licence.ifPresent(text -> Check.notBlank("licence", text));
  }

  /** The context that holds when the model's folder allows {@code tokens}. */
  public int boundedContext(int tokens) {
    return Math.min(tokens, contextLength.orElse(tokens));
  }

  /** Where the weights come from and under which terms, as far as it is known. */
  public Map<String, String> origin() {
    Map<String, String> origin = new LinkedHashMap<>();
    source.ifPresent(text -> origin.put("source", text));
    licence.ifPresent(text -> origin.put("licence", text));
    return origin;
  }
}
