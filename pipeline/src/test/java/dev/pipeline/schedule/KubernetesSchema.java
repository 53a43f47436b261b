package dev.pipeline.schedule;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1CronJob;
import io.kubernetes.client.openapi.models.V1Job;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The published schema of Kubernetes' API, as its own Java client holds it: the checks of that
 * client's classes are generated from the OpenAPI document of a release. They refuse a field that
 * the schema does not have and the lack of one that it requires, at every depth. What reads back
 * other than it was written has another type than the schema's.
 */
public final class KubernetesSchema {
  private static final YAMLMapper YAML = new YAMLMapper();

  private KubernetesSchema() {}

  /** What is wrong with a Job or CronJob; empty for what the schema takes. */
  public static Optional<String> fault(String yaml) {
    JsonNode manifest = YAML.readTree(yaml);
    String kind = manifest.at("/apiVersion").asString() + " " + manifest.at("/kind").asString();
    JsonElement json = JsonParser.parseString(manifest.toString());
    try {
      switch (kind) {
        case "batch/v1 Job" -> V1Job.validateJsonElement(json);
        case "batch/v1 CronJob" -> V1CronJob.validateJsonElement(json);
        default -> {
          return Optional.of("no kind of the schema: " + kind);
        }
      }
      Gson gson = JSON.getGson();
      Class<?> type = kind.endsWith(" Job") ? V1Job.class : V1CronJob.class;
      JsonElement read = withoutEmpty(gson.toJsonTree(gson.fromJson(json, type)));
      return read.equals(json)
          ? Optional.empty()
          : Optional.of("reads back otherwise: " + read + " instead of " + json);
    } catch (IOException | IllegalArgumentException | JsonParseException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /** The client fills in lists and maps that were not written. */
  private static JsonElement withoutEmpty(JsonElement json) {
    if (json instanceof JsonArray list) {
      JsonArray kept = new JsonArray();
      list.forEach(item -> kept.add(withoutEmpty(item)));
      return kept;
    }
    if (json instanceof JsonObject map) {
      JsonObject kept = new JsonObject();
      for (Map.Entry<String, JsonElement> entry : map.entrySet()) {
        JsonElement value = withoutEmpty(entry.getValue());
        if (!isEmpty(value)) {
          kept.add(entry.getKey(), value);
        }
      }
      return kept;
    }
    return json;
  }

  private static boolean isEmpty(JsonElement json) {
    return (json instanceof JsonArray list && list.isEmpty())
        || (json instanceof JsonObject map && map.isEmpty());
  }
}
