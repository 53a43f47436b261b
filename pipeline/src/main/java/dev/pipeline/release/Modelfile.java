package dev.pipeline.release;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How Ollama serves a published model: its file, the template and stop words it was trained with,
 * and sampling defaults.
 *
 * @param model the model's name; its file is {@code ./<model>.gguf} beside the Modelfile
 * @param template the training template in Ollama's language
 * @param temperature sampling temperature, 0 or more
 * @param topP probability mass that is sampled from, above 0 and at most 1
 * @param contextTokens context window, in tokens
 * @param system what the model is told first where a conversation does not say; the training's
 * @param license text of the base model's license, when it asks to be passed on
 * @see <a href="https://docs.ollama.com/modelfile">Modelfile reference</a>
 */
public record Modelfile(
    String model,
    OllamaTemplate template,
    double temperature,
    double topP,
    int contextTokens,
    Optional<String> system,
    Optional<String> license) {
  /** Refuses a name that is not a plain file name. */
  public Modelfile {
    new ModelFiles(model);
  }

  /** Refuses texts that no Modelfile can carry, before a model is trained on them. */
  public static void requireCarried(
      OllamaTemplate template, String system, Optional<String> license) {
    ModelfileQuote.quote(template.text());
    template.stops().forEach(ModelfileQuote::quote);
    ModelfileQuote.quote(system);
    license.ifPresent(ModelfileQuote::quote);
  }

  /** What the PARAMETER lines say, with the types of Ollama's API. */
  Map<String, Object> parameters() {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("stop", template.stops());
    parameters.put("temperature", temperature);
    parameters.put("top_p", topP);
    parameters.put("num_ctx", contextTokens);
    return parameters;
  }

  /** The file's content. */
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append("FROM ./").append(model).append(".gguf\n");
    text.append("TEMPLATE ").append(ModelfileQuote.quote(template.text())).append('\n');
    for (String stop : template.stops()) {
      text.append("PARAMETER stop ").append(ModelfileQuote.quote(stop)).append('\n');
    }
    text.append("PARAMETER temperature ").append(temperature).append('\n');
    text.append("PARAMETER top_p ").append(topP).append('\n');
    text.append("PARAMETER num_ctx ").append(contextTokens).append('\n');
    system.ifPresent(
        told -> text.append("SYSTEM ").append(ModelfileQuote.quote(told)).append('\n'));
    license.ifPresent(
        terms -> text.append("LICENSE ").append(ModelfileQuote.quote(terms)).append('\n'));
    return text.toString();
  }
}
