package dev.pipeline.mcp;

import dev.pipeline.io.Failure;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** What a tool was called with. */
record Arguments(JsonNode json) {
  private static final int LIMIT = 10;
  private static final int MOST = 100;

  String text(String name) {
    return optional(name).orElseThrow(() -> wrong("'" + name + "' is missing", "give it a text"));
  }

  Optional<String> optional(String name) {
    JsonNode value = json.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isString() || value.asString().isBlank()) {
      throw wrong("'" + name + "' is no text", "give it a text that is not empty");
    }
    return Optional.of(value.asString());
  }

  UUID uuid(String name) {
    try {
      return UUID.fromString(text(name));
    } catch (IllegalArgumentException e) {
      throw wrong("'" + name + "' is no UUID", "give it an id as plans_list tells it");
    }
  }

  long number(String name) {
    JsonNode value = json.path(name);
    if (!value.isIntegralNumber()) {
      throw wrong("'" + name + "' is no whole number", "give it one as runs_list tells it");
    }
    return value.asLong();
  }

  boolean truth(String name) {
    return json.path(name).asBoolean(false);
  }

  int limit() {
    if (json.path("limit").isMissingNode()) {
      return LIMIT;
    }
    long limit = number("limit");
    if (limit < 1 || limit > MOST) {
      throw wrong("'limit' is " + limit, "give it 1 to " + MOST);
    }
    return (int) limit;
  }

  private static Failure wrong(String reason, String fix) {
    return Failure.usage("argument " + reason, fix);
  }
}
