package dev.pipeline.track.wandb;

import static dev.pipeline.track.wandb.FakeWeightsAndBiases.require;

import dev.pipeline.io.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** What the fake server holds: runs, the lines of their history, their files. */
final class FakeWandbRuns {
  private static final String ENTITY = "somebody";
  private static final Set<String> UPSERT =
      Set.of("entity", "project", "name", "groupName", "displayName", "jobType", "config", "tags");
  private static final Set<String> STREAM = Set.of("files", "uploaded", "complete", "exitcode");
  private static final String HISTORY = "wandb-history.jsonl";
  private static final String SUMMARY = "wandb-summary.json";

  private final Map<String, Run> runs = Collections.synchronizedMap(new TreeMap<>());
  private final Map<String, String[]> signed = Collections.synchronizedMap(new TreeMap<>());

  /** What the server answers instead. */
  static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final int status;

    Refusal(int status, String why) {
      super(why);
      this.status = status;
    }

    int status() {
      return status;
    }
  }

  /** One run. */
  static final class Run {
    final List<String> history = Collections.synchronizedList(new ArrayList<>());
    final Map<String, byte[]> files = Collections.synchronizedMap(new TreeMap<>());
    volatile JsonNode settings = Json.mapper().readTree("{}");
    volatile String summary = "{}";
    volatile String state = "running";
    volatile int exitCode = -1;
    volatile int ends;
  }

  Run run(String id) {
    Run run = runs.get(id);
    require(run != null, 404, "no run " + id);
    return java.util.Objects.requireNonNull(run);
  }

  synchronized Map<String, Object> upsert(JsonNode variables) {
    require(UPSERT.containsAll(variables.propertyNames()), 400, "unknown variables " + variables);
    String name = variables.path("name").asString("");
    require(name.matches("[A-Za-z0-9_-]{1,128}"), 400, "bad name " + name);
    require(!variables.path("project").asString("").isBlank(), 400, "no project");
    require(
        variables.path("entity").asString(ENTITY).equals(ENTITY), 403, "entity of somebody else");
    require(variables.path("tags").isArray(), 400, "tags are a list");
    variables.path("tags").forEach(tag -> require(tag.isString(), 400, "a tag is text"));
    JsonNode config = Json.mapper().readTree(variables.path("config").asString("no text"));
    for (Map.Entry<String, JsonNode> entry : config.properties()) {
      require(entry.getValue().has("value"), 400, "config." + entry.getKey() + " has no value");
    }
    boolean inserted = !runs.containsKey(name);
    Run run = runs.computeIfAbsent(name, any -> new Run());
    run.settings = variables;
    run.state = "running";
    Map<String, Object> bucket = new LinkedHashMap<>();
    bucket.put("id", "UnVuOnYx" + name);
    bucket.put("name", name);
    bucket.put("historyLineCount", run.history.isEmpty() ? null : run.history.size());
    bucket.put(
        "project",
        Map.of("name", variables.path("project").asString(""), "entity", Map.of("name", ENTITY)));
    return Map.of("upsertBucket", Map.of("bucket", bucket, "inserted", inserted));
  }

  synchronized Map<String, Object> stream(String entity, String project, String id, JsonNode body) {
    Run run = run(id);
    require(entity.equals(ENTITY), 403, "not yours");
    require(run.settings.path("project").asString("").equals(project), 404, "other project");
    require(STREAM.containsAll(body.propertyNames()), 400, "unknown fields " + body);
    boolean ends = body.path("complete").asBoolean(false);
    // An end may be heard twice, for the first answer may have been lost.
    require(ends || run.state.equals("running"), 409, "the run has ended");
    body.path("files")
        .properties()
        .forEach(
            file -> {
              JsonNode content = file.getValue().path("content");
              require(file.getValue().path("offset").isIntegralNumber(), 400, "no offset");
              require(content.isArray() && !content.isEmpty(), 400, "no content");
              switch (file.getKey()) {
                case HISTORY -> history(run, file.getValue().path("offset").asInt(), content);
                case SUMMARY -> summary(run, file.getValue().path("offset").asInt(), content);
                default -> throw new Refusal(400, "unknown file " + file.getKey());
              }
            });
    body.path("uploaded")
        .forEach(
            name -> require(run.files.containsKey(name.asString("")), 400, "nobody put " + name));
    if (ends) {
      require(body.path("exitcode").isIntegralNumber(), 400, "an end wants an exit code");
      run.exitCode = body.path("exitcode").asInt();
      run.state = run.exitCode == 0 ? "finished" : "failed";
      run.ends++;
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("exitcode", null);
    answer.put("limits", Map.of());
    return answer;
  }

  private static void history(Run run, int offset, JsonNode content) {
    require(
        offset <= run.history.size(), 400, "a hole: " + offset + " after " + run.history.size());
    for (int i = 0; i < content.size(); i++) {
      String line = content.get(i).asString("");
      JsonNode row = Json.mapper().readTree(line);
      require(row.path("_step").isIntegralNumber(), 400, "a row without _step");
      int at = offset + i;
      if (at < run.history.size()) {
        require(run.history.get(at).equals(line), 409, "line " + at + " changes");
        continue;
      }
      if (at > 0) {
        long before = Json.mapper().readTree(run.history.get(at - 1)).path("_step").asLong();
        require(row.path("_step").asLong() > before, 400, "steps go back at line " + at);
      }
      run.history.add(line);
    }
  }

  private static void summary(Run run, int offset, JsonNode content) {
    require(offset == 0 && content.size() == 1, 400, "a summary is one line");
    String line = content.get(0).asString("");
    require(Json.mapper().readTree(line).isObject(), 400, "a summary is an object");
    run.summary = line;
  }

  synchronized Map<String, Object> createFiles(JsonNode variables, String address) {
    Run run = run(variables.path("run").asString(""));
    require(run.state.equals("running"), 409, "the run has ended");
    List<Object> files = new ArrayList<>();
    for (JsonNode name : variables.path("files")) {
      String text = name.asString("");
      require(!text.startsWith("/") && !text.contains(".."), 400, "bad file name " + text);
      String path = "/storage/" + signed.size();
      signed.put(path, new String[] {variables.path("run").asString(""), text});
      files.add(Map.of("name", text, "uploadUrl", address + path));
    }
    return Map.of(
        "createRunFiles",
        Map.of("runID", "x", "uploadHeaders", List.of("X-Signed:yes"), "files", files));
  }

  void put(String path, byte[] body, String signature) {
    String[] place = signed.get(path);
    require(place != null && "yes".equals(signature), 403, "not signed");
    run(java.util.Objects.requireNonNull(place)[0]).files.put(place[1], body);
  }

  synchronized Map<String, Object> query(JsonNode variables) {
    Run run = run(variables.path("name").asString(""));
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("historyLineCount", run.history.size());
    told.put("state", run.state);
    told.put("summaryMetrics", run.summary);
    told.put("config", run.settings.path("config").asString(""));
    told.put("tags", Json.mapper().convertValue(run.settings.path("tags"), List.class));
    return Map.of("project", Map.of("run", told));
  }

  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
