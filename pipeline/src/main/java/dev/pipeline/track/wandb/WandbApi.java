package dev.pipeline.track.wandb;

import dev.pipeline.io.Json;
import dev.pipeline.track.TrackedRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.HttpUrl;
import tools.jackson.databind.JsonNode;

/**
 * What is asked of the server. Each request may be repeated: a run is named by its id, a line of
 * its history by its number, a file by its name.
 */
final class WandbApi {
  private static final String UPSERT =
      "mutation UpsertBucket($entity: String, $project: String, $name: String!, $groupName: String,"
          + " $displayName: String, $jobType: String, $config: JSONString, $tags: [String!]) {"
          + " upsertBucket(input: {entityName: $entity, modelName: $project, name: $name,"
          + " groupName: $groupName, displayName: $displayName, jobType: $jobType, config: $config,"
          + " tags: $tags}) { bucket { id name historyLineCount project { name entity { name } } }"
          + " inserted } }";

  private static final String CREATE_FILES =
      "mutation CreateRunFiles($entity: String!, $project: String!, $run: String!,"
          + " $files: [String!]!) { createRunFiles(input: {entityName: $entity,"
          + " projectName: $project, runName: $run, files: $files}) { runID uploadHeaders"
          + " files { name uploadUrl } } }";

  private final WandbServer server;
  private final WandbHttp http;

  WandbApi(WandbServer server, WandbHttp http) {
    this.server = server;
    this.http = http;
  }

  /** Makes the run, or finds it again and how much of it is there. */
  RemoteRun open(String entity, String project, TrackedRun run, Map<String, Object> config)
      throws IOException {
    Map<String, Object> variables = new LinkedHashMap<>();
    if (!entity.isEmpty()) {
      variables.put("entity", entity);
    }
    variables.put("project", project);
    variables.put("name", run.id());
    variables.put("groupName", run.model());
    variables.put("displayName", run.model() + " " + run.job() + " " + run.shortId());
    variables.put("jobType", run.job());
    variables.put("config", Json.line(config));
    variables.put("tags", run.tags());
    JsonNode bucket = graphql(UPSERT, variables).path("upsertBucket").path("bucket");
    String owner = bucket.path("project").path("entity").path("name").asString("");
    String home = bucket.path("project").path("name").asString("");
    if (owner.isEmpty() || home.isEmpty() || !bucket.path("name").asString("").equals(run.id())) {
      throw new Refused(server + " does not say which run it made");
    }
    // Absent for a run that was just made.
    return new RemoteRun(owner, home, run.id(), bucket.path("historyLineCount").asLong(0));
  }

  /** Sends lines, the summary, names of files that were put, or the end of the run. */
  void stream(RemoteRun run, Map<String, Object> body) throws IOException {
    http.post("files/%s/%s/%s/file_stream".formatted(run.entity(), run.project(), run.id()), body);
  }

  /** Puts {@code files}, by the name that they get. */
  void upload(RemoteRun run, Map<String, Path> files) throws IOException {
    JsonNode made =
        graphql(
                CREATE_FILES,
                Map.of(
                    "entity", run.entity(),
                    "project", run.project(),
                    "run", run.id(),
                    "files", List.copyOf(files.keySet())))
            .path("createRunFiles");
    List<String> headers = new ArrayList<>();
    made.path("uploadHeaders").forEach(header -> headers.add(header.asString("")));
    for (JsonNode entry : made.path("files")) {
      Path file = files.get(entry.path("name").asString(""));
      Optional<HttpUrl> url = server.resolve(entry.path("uploadUrl").asString(""));
      if (file == null || url.isEmpty()) {
        throw new Refused(server + " wants a file put where it would be read by others");
      }
      http.put(url.get(), headers, file);
    }
  }

  private JsonNode graphql(String query, Map<String, Object> variables) throws IOException {
    JsonNode answer = http.post("graphql", Map.of("query", query, "variables", variables));
    JsonNode errors = answer.path("errors");
    if (!errors.isEmpty()) {
      throw new Refused(
          server + " refuses: " + server.printable(errors.path(0).path("message").asString("")));
    }
    return answer.path("data");
  }
}
