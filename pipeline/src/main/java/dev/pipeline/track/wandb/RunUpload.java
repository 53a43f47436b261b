package dev.pipeline.track.wandb;

import dev.pipeline.io.Json;
import dev.pipeline.track.History;
import dev.pipeline.track.Row;
import dev.pipeline.track.TrackedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Brings one run to the server, from where the server says that it is. May be broken off at any
 * point and begun again.
 */
final class RunUpload {
  private static final String HISTORY = "wandb-history.jsonl";
  private static final String SUMMARY = "wandb-summary.json";
  private static final String TIME = "time";
  private static final long LARGEST_FILE = 8L << 20;

  private final Path folder;
  private final TrackedRun run;
  private final Destination destination;
  private final WandbApi api;
  private final Retries retries;
  private final History history;
  private @Nullable RemoteRun remote;
  private @Nullable Sent noted;

  RunUpload(Path folder, TrackedRun run, Destination destination, WandbApi api, Retries retries) {
    this.folder = folder;
    this.run = run;
    this.destination = destination;
    this.api = api;
    this.retries = retries;
    this.history = new History(folder.resolve(TrackedRun.METRICS), destination.rows());
  }

  /** Sends the rows that are whole by now. */
  Sent push() throws IOException {
    return push(opened(), false);
  }

  /** Sends everything, with the end of the run where it has one. */
  Sent finish(TrackedRun last) throws IOException {
    RemoteRun there = opened();
    TrackedRun.End end = last.ended();
    push(there, end != null);
    if (end == null) {
      return note(there, "");
    }
    Map<String, Path> files = files(end);
    if (!files.isEmpty()) {
      retries.of(
          () -> {
            api.upload(there, files);
            return there;
          });
    }
    Map<String, Object> summary = new TreeMap<>(summary(history.peek(true).last()));
    summary.putAll(end.figures());
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("files", Map.of(SUMMARY, lines(0, List.of(Json.line(summary)))));
    if (!files.isEmpty()) {
      body.put("uploaded", List.copyOf(files.keySet()));
    }
    body.put("complete", true);
    body.put("exitcode", end.exitCode());
    stream(there, body);
    return note(there, end.at());
  }

  private RemoteRun opened() throws IOException {
    RemoteRun known = remote;
    if (known != null) {
      return known;
    }
    RemoteRun made =
        retries.of(
            () ->
                api.open(
                    destination.entity(), destination.project(), run, RunSettings.of(folder, run)));
    history.skip(made.rows());
    remote = made;
    return made;
  }

  private Sent push(RemoteRun there, boolean ended) throws IOException {
    for (History.Chunk chunk = history.peek(ended); !chunk.isEmpty(); chunk = history.peek(ended)) {
      Map<String, Object> files = new TreeMap<>();
      files.put(HISTORY, lines(chunk.offset(), chunk.rows().stream().map(this::line).toList()));
      files.put(SUMMARY, lines(0, List.of(Json.line(summary(chunk.last())))));
      stream(there, Map.of("files", files));
      history.pass(chunk);
      note(there, "");
    }
    return note(there, "");
  }

  private void stream(RemoteRun there, Map<String, Object> body) throws IOException {
    retries.of(
        () -> {
          api.stream(there, body);
          return there;
        });
  }

  private Sent note(RemoteRun there, String ended) {
    Sent sent =
        new Sent(
            destination.server().address(),
            there.entity(),
            there.project(),
            destination.server().page(there.entity(), there.project(), there.id()),
            history.passed(),
            ended);
    if (!sent.equals(noted)) {
      sent.write(folder);
      noted = sent;
    }
    return sent;
  }

  private static Map<String, Object> lines(long offset, List<String> content) {
    return Map.of("offset", offset, "content", content);
  }

  /** A row under the names that the server's pages look for. */
  private String line(Row row) {
    Map<String, Object> values = new TreeMap<>(row.values());
    values.put("_step", row.step());
    timed(values);
    return Json.line(values);
  }

  private void timed(Map<String, Object> values) {
    if (values.remove(TIME) instanceof Number time) {
      values.put("_timestamp", time);
      double began = Instant.parse(run.startedAt()).getEpochSecond();
      values.put("_runtime", Math.max(0, time.doubleValue() - began));
    }
  }

  private Map<String, Object> summary(Map<String, Object> last) {
    Map<String, Object> summary = new TreeMap<>(last);
    timed(summary);
    return summary;
  }

  /** Small files of the run itself; whatever else a file may name stays here. */
  private Map<String, Path> files(TrackedRun.End end) throws IOException {
    Map<String, Path> files = new TreeMap<>();
    for (Map.Entry<String, String> entry : end.files().entrySet()) {
      Path file = folder.resolve(entry.getValue()).normalize();
      if (file.startsWith(folder.normalize())
          && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
          && Files.size(file) <= LARGEST_FILE) {
        files.put(entry.getKey(), file);
      }
    }
    return files;
  }
}
