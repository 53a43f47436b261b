package dev.pipeline.mcp;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * One thing that an agent may ask; it changes nothing.
 *
 * @param name stable, in snake case
 * @param description for the agent that chooses
 * @param properties JSON schema of each argument, by name
 * @param required names of arguments that must be given
 * @param answer a JSON object
 */
record Tool(
    String name,
    String description,
    Map<String, Map<String, Object>> properties,
    List<String> required,
    Function<Arguments, Map<String, ?>> answer) {
  /** As {@code tools/list} tells it. */
  Map<String, Object> listed() {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    schema.put("properties", properties);
    schema.put("required", required);
    schema.put("additionalProperties", false);
    return Map.of(
        "name",
        name,
        "description",
        description,
        "inputSchema",
        schema,
        "annotations",
        Map.of("readOnlyHint", true, "openWorldHint", false));
  }
}
