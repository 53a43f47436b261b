package dev.pipeline.serve;

import dev.pipeline.data.JsonLines;
import dev.pipeline.io.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** The folders of a run and of a dataset, as jobs leave them below a home. */
final class JobFolders {
  static final String RUN = "00000000000000aa";
  static final String VERSION = "ab".repeat(32);

  /** The one row of the dataset. */
  static final String TRAINED =
      """
      {"id": "row-1/1", "family": "f", "instruction": "Prices <b>rise</b>.", "context": "", \
      "ideal_answer": "By how much?", "source": {"file": "a.jsonl", "line": 3, \
      "conversation": "row-1", "turn": 1, "raw": "%s"}}\
      """
          .formatted("9a".repeat(32));

  private JobFolders() {}

  /** Leaves them below {@code home}. */
  static void leave(Path home) throws IOException {
    Path run = home.resolve("artifacts/m/runs/" + RUN);
    Files.createDirectories(run);
    Files.writeString(
        run.resolve("run.json"),
        Json.pretty(
            Map.of(
                "code",
                "c0de",
                "settings SftConfig",
                "{\"num_epochs\":2,\"learning_rate\":0.001}",
                "output curate dataset",
                "d1")));
    Files.writeString(
        run.resolve("metrics.jsonl"),
        """
        {"epoch":0.5,"loss":2.0,"step":1,"tokens":100,"tokens_per_second":50.0}
        {"epoch":1.0,"loss":1.0,"step":2,"tokens":200,"tokens_per_second":50.0}
        {"eval_loss":1.5,"step":2}
        {"epoch":1.5,"lo""");
    Files.writeString(
        run.resolve("manifest.json"),
        """
        {"job": "sft", "key": "%s", "summary": "4 <b>steps</b>", "outputs":
          {"adapter": {"path": "artifacts/m/sft", "sha256": "%s"}}}
        """
            .formatted("00000000000000aa" + "0".repeat(48), "ef".repeat(32)));
    Path dataset = home.resolve("datasets/curated/negotiation/" + VERSION);
    Files.createDirectories(dataset);
    Files.writeString(dataset.resolve("CARD.md"), "# A card\n<script>alert(1)</script>\n");
    Files.writeString(
        dataset.resolve("manifest.json"),
        "{\"counts\": {\"train\": 3}, \"rejected\": {\"greeting\": 30, \"length\": 1}, \"rules\":"
            + " [\"lint-1\"]}");
    Files.writeString(dataset.resolveSibling("latest"), VERSION + "\n");
    Files.writeString(dataset.resolve("train.jsonl"), TRAINED + "\n");
    JsonLines.write(
        dataset.resolve("rejected.jsonl"),
        Stream.concat(
                Stream.generate(() -> rejected("greeting", "it greets")).limit(30),
                Stream.of(rejected("length", "<img src=x onerror=alert(1)>")))
            .toList());
  }

  private static Map<String, Object> rejected(String reason, String detail) {
    return Map.of(
        "reason", reason, "detail", detail, "source", Map.of("file", "a.jsonl", "line", 7));
  }
}
