package dev.pipeline.track.wandb;

import dev.pipeline.io.Json;
import dev.pipeline.io.Reason;
import dev.pipeline.track.TrackedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What a run was made of, from the {@code run.json} that its folder begins with, in the shape that
 * the server wants settings in: each value below {@code value}.
 */
final class RunSettings {
  private static final String INGREDIENTS = "run.json";
  private static final String SETTINGS = "settings ";

  private RunSettings() {}

  /** The settings of the run in {@code folder}; of a run without them what the run itself says. */
  static Map<String, Object> of(Path folder, TrackedRun run) throws IOException {
    Map<String, Object> settings = new TreeMap<>();
    put(settings, "job", run.job());
    put(settings, "model", run.model());
    Path file = folder.resolve(INGREDIENTS);
    if (!Files.isRegularFile(file)) {
      return settings;
    }
    try {
      for (Map.Entry<String, JsonNode> entry :
          Json.mapper().readTree(Files.readString(file)).properties()) {
        String text = entry.getValue().asString("");
        if (entry.getKey().startsWith(SETTINGS)) {
          put(settings, group(entry.getKey()), Json.mapper().readTree(text));
        } else {
          put(settings, entry.getKey().replace(' ', '_'), text);
        }
      }
      return settings;
    } catch (JacksonException e) {
      throw new Refused(file + " is no JSON: " + Json.fault(e));
    } catch (IOException e) {
      throw new Refused("cannot read " + file + ": " + Reason.of(e));
    }
  }

  /** {@code settings SftConfig} is {@code sft}. */
  private static String group(String key) {
    String name = key.substring(SETTINGS.length()).replaceFirst("Config$", "");
    return name.substring(0, 1).toLowerCase(java.util.Locale.ROOT) + name.substring(1);
  }

  private static void put(Map<String, Object> settings, String key, Object value) {
    settings.put(key, Map.of("value", value));
  }
}
