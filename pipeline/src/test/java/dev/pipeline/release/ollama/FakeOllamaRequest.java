package dev.pipeline.release.ollama;

import dev.pipeline.io.Json;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The body of a request, held to what Ollama's API says of fields, names and parameters. */
record FakeOllamaRequest(JsonNode body) {
  private static final Set<String> PARAMETERS =
      Set.of(
          "num_ctx",
          "repeat_last_n",
          "repeat_penalty",
          "temperature",
          "seed",
          "stop",
          "num_predict",
          "top_k",
          "top_p",
          "min_p");
  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]*(:[A-Za-z0-9_][A-Za-z0-9._-]*)?";

  /** Refuses every field but {@code known} ones. */
  static FakeOllamaRequest read(byte[] bytes, String... known) {
    try {
      JsonNode body = Json.mapper().readTree(bytes);
      Set<String> unknown = new TreeSet<>(body.propertyNames());
      unknown.removeAll(Set.of(known));
      if (!body.isObject() || !unknown.isEmpty()) {
        throw new FakeOllamaRefusal(400, "unknown fields " + unknown);
      }
      return new FakeOllamaRequest(body);
    } catch (JacksonException e) {
      throw new FakeOllamaRefusal(400, "missing request body");
    }
  }

  JsonNode at(String field) {
    return body.path(field);
  }

  /** The model's name in {@code field}, with its tag. */
  String name(String field) {
    String name = at(field).asString("");
    if (!name.matches(NAME)) {
      throw new FakeOllamaRefusal(400, "invalid model name");
    }
    return name.contains(":") ? name : name + ":latest";
  }

  /** Refuses values in {@code field} that are no parameters of a model. */
  void requireParameters(String field) {
    at(field)
        .properties()
        .forEach(
            parameter -> {
              boolean list = parameter.getKey().equals("stop");
              JsonNode value = parameter.getValue();
              if (!PARAMETERS.contains(parameter.getKey())
                  || (list ? !value.isArray() : !value.isNumber())) {
                throw new FakeOllamaRefusal(400, "invalid parameter " + parameter.getKey());
              }
            });
  }
}
