package dev.pipeline.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.config.PipelineConfig;
import dev.pipeline.io.Hashes;
import dev.pipeline.jobs.RetrainedMonth;
import dev.pipeline.talk.Scripted;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Runs, datasets and the ways between them, told from folders as jobs leave them. */
class RunsAndDatasetsTest {
  @TempDir static Path home;
  private static Served served;

  @BeforeAll
  static void start() throws IOException {
    JobFolders.leave(home);
    served = Served.start(Served.config(home), false, () -> new Scripted(100));
  }

  @AfterAll
  static void stop() {
    served.close();
  }

  @Test
  void tellsRunsThatTheStoreForgot() {
    JsonNode runs = served.json("/api/runs");
    assertThat(runs).hasSize(1);
    assertThat(runs.at("/0/job").asString()).isEqualTo("sft");
    assertThat(runs.at("/0/state").asString()).isEqualTo("done");
    JsonNode run = served.json("/api/runs/" + JobFolders.RUN);
    assertThat(run.at("/ingredients/code").asString()).isEqualTo("c0de");
    assertThat(run.at("/outputs/adapter/sha256").asString()).isEqualTo("ef".repeat(32));
  }

  @Test
  void runsAreFoundByTheirJob() {
    assertThat(served.html("/runs?job=sft")).contains("/runs/" + JobFolders.RUN);
    assertThat(served.html("/runs?job=dpo")).doesNotContain("/runs/" + JobFolders.RUN);
    assertThat(served.html("/runs?job=%22%3E%3Cscript%3E")).doesNotContain("\"><script>");
  }

  @Test
  void aRunsPageNamesFilesAndJobsAndNoClasses() {
    assertThat(served.html("/runs/" + JobFolders.RUN))
        .contains("this program", "dataset, by curate", "Settings: sft.yaml")
        .doesNotContain("SftConfig", "output curate");
  }

  @Test
  void aDamagedEvaluationHidesNoOther() throws IOException {
    PipelineConfig config = Served.config(home.resolve("judged"));
    for (String name : List.of("00000000000000bb", "00000000000000cc")) {
      Path run = Files.createDirectories(home.resolve("judged/artifacts/m/runs/" + name));
      Files.writeString(run.resolve("evaluation.json"), "{\"half\": ");
    }
    try (Served judged = Served.start(config, false, () -> new Scripted(100))) {
      assertThat(judged.json("/api/gates").valueStream())
          .hasSize(2)
          .allSatisfy(
              gate -> {
                assertThat(gate.get("verdict").isNull()).isTrue();
                assertThat(gate.get("trouble").asString()).contains("evaluation.json");
              });
      assertThat(judged.get("/api/gates/00000000000000bb").status()).isEqualTo(503);
    }
  }

  @Test
  void aDamagedFileHidesNoMoreOfARunThanItTells() throws IOException {
    Path there = home.resolve("damaged");
    JobFolders.leave(there);
    Files.writeString(there.resolve("artifacts/m/releases.json"), "{\"half\": ");
    Path run = Files.createDirectories(there.resolve("artifacts/m/runs/00000000000000bb"));
    Files.writeString(run.resolve("run.json"), "{\"settings EvaluateConfig\": \"{}\"}");
    Files.writeString(run.resolve("evaluation.json"), "{\"half\": ");
    Files.writeString(
        run.resolve("manifest.json"),
        """
        {"job": "evaluate", "key": "00000000000000bb", "summary": "judged", "outputs":
          {"evaluation": {"path": "evaluation.json", "sha256": "%s"}}}
        """
            .formatted("ef".repeat(32)));
    try (Served damaged = Served.start(Served.config(there), false, () -> new Scripted(100))) {
      assertThat(damaged.html("/runs/" + JobFolders.RUN))
          .contains("/lineage?of=run%3A" + JobFolders.RUN)
          .doesNotContain("id=\"gate\"");
      assertThat(damaged.html("/runs/00000000000000bb"))
          .contains("<h2 id=\"gate\">Gate</h2>", "evaluation.json is not what the run wrote")
          .contains("Settings: evaluate.yaml", "What it made", "/lineage?of=run%3A");
    }
  }

  @Test
  void readsCurvesWhoseLastLineIsBeingWritten() {
    JsonNode curves = served.json("/api/runs/" + JobFolders.RUN + "/metrics");
    assertThat(curves.get("loss")).hasSize(2);
    assertThat(curves.at("/eval_loss/0/y").asDouble()).isEqualTo(1.5);
  }

  @Test
  void escapesWhatRunsAndRowsSay() {
    assertThat(served.html("/runs")).contains("4 &lt;b&gt;steps").doesNotContain("<b>steps");
    String page = "/datasets/curated/negotiation/" + JobFolders.VERSION;
    assertThat(served.html(page))
        .contains("&lt;script&gt;alert(1)")
        .doesNotContain("<script>alert");
    assertThat(served.html(page + "?reason=length")).doesNotContain("<img").contains("1 of 1");
    assertThat(served.html(page + "?reason=%22%3E%3Cscript%3E")).doesNotContain("\"><script>");
    assertThat(served.html("/plans?q=%22%3E%3Cscript%3E")).doesNotContain("\"><script>");
  }

  @Test
  void pagesRejectedRows() {
    String rows = "/api/datasets/curated/negotiation/" + JobFolders.VERSION + "/rejected";
    JsonNode second = served.json(rows + "?reason=greeting&page=2");
    assertThat(second.get("total").asInt()).isEqualTo(30);
    assertThat(second.get("pages").asInt()).isEqualTo(2);
    assertThat(second.get("rows")).hasSize(5);
    assertThat(served.json(rows + "?page=99").get("rows")).isEmpty();
    assertThat(served.html("/datasets/curated/negotiation/" + JobFolders.VERSION))
        .contains("page 1 of 2");
  }

  @Test
  void aRowLeadsToItsDatasetAndBackToItsLine() {
    String dataset = "curated/negotiation/" + JobFolders.VERSION;
    JsonNode row = served.json("/api/datasets/" + dataset + "/rows").at("/rows/0");
    assertThat(row.get("sha256").asString()).isEqualTo(Hashes.sha256(JobFolders.TRAINED));
    assertThat(row.get("question").asString()).isEqualTo("Prices <b>rise</b>.");
    JsonNode walk = served.json("/api/lineage?of=row:" + Hashes.sha256(JobFolders.TRAINED));
    assertThat(walk.at("/nodes").valueStream().map(node -> node.get("id").asString()))
        .contains("raw-row:" + "9a".repeat(32), "dataset:" + JobFolders.VERSION);
    assertThat(walk.get("verified").asInt()).isZero();
    assertThat(served.json("/api/lineage?of=" + "9a".repeat(32)).get("subject").asString())
        .isEqualTo("raw-row:" + "9a".repeat(32));
    String page = served.html("/lineage?of=row:" + Hashes.sha256(JobFolders.TRAINED));
    assertThat(page)
        .contains("/datasets/" + dataset + "?part=train&amp;rows=1#row-1", "9a".repeat(32));
    assertThat(served.html("/datasets/" + dataset))
        .contains("/lineage?of=row%3A" + Hashes.sha256(JobFolders.TRAINED), "Prices &lt;b&gt;rise");
    assertThat(served.get("/api/datasets/" + dataset + "/rows?part=secret").status())
        .isEqualTo(404);
  }

  @Test
  void filesOnTheWayAreLookedAtOnRequest() {
    JsonNode walk = served.json("/api/lineage?verify=true&of=run:" + JobFolders.RUN);
    assertThat(walk.get("verified").asInt()).isPositive();
    assertThat(walk.at("/damaged").valueStream().map(one -> one.get("path").asString()))
        .as("its seal is missing")
        .anyMatch(path -> path.endsWith(JobFolders.RUN + "/manifest.json"));
    assertThat(served.html("/lineage?verify=true&of=run:" + JobFolders.RUN))
        .contains("are not what they were");
    assertThat(served.html("/lineage?of=run:" + JobFolders.RUN)).contains("Look at every file");
  }

  @Test
  void aRetrainingTellsHowItsMonthEndedAndOnlyFinishedRunsHaveALineage() {
    PipelineConfig config = Served.config(home.resolve("month"));
    RetrainedMonth.leave(config, "2026-10", "on a <b>whim", 7);
    try (Served retrained = Served.start(config, false, () -> new Scripted(100))) {
      Served.Reply month = retrained.get("/runs/2026-10", "Accept", "text/html");
      assertThat(month.status()).as(month.text()).isEqualTo(200);
      assertThat(month.text())
          .contains("released", "href=\"/releases/7\"", "12, 5 of them new", "on a &lt;b&gt;whim")
          .doesNotContain("/lineage?of=");
    }
    assertThat(served.html("/runs/" + JobFolders.RUN))
        .contains("/lineage?of=run%3A" + JobFolders.RUN)
        .doesNotContain("What came of ");
  }

  @Test
  void noNameIsTakenForAPath() throws IOException {
    Path there = Files.writeString(home.resolve("there.jsonl"), "{}\n");
    for (String name :
        List.of(there.toString(), there + ":1", "..", "/etc/passwd", "x".repeat(999))) {
      String asked = "of=" + URLEncoder.encode(name, StandardCharsets.UTF_8);
      Served.Reply told = served.get("/api/lineage?" + asked);
      assertThat(told.status()).as(name).isEqualTo(404);
      assertThat(told.text()).as(name).contains("nothing known is called");
      assertThat(served.get("/lineage?" + asked, "Accept", "text/html").status())
          .as(name)
          .isIn(400, 404);
    }
    assertThat(served.html("/lineage")).contains("dataset%3A" + JobFolders.VERSION);
  }

  @Test
  void namesNeverLeaveTheirFolders() {
    for (String path :
        List.of(
            "/api/runs/manifest.json",
            "/api/runs/....",
            "/runs/0000000000000000/report",
            "/api/datasets/raw/negotiation/" + JobFolders.VERSION,
            "/api/datasets/curated/..x/" + JobFolders.VERSION,
            "/api/datasets/curated/negotiation/" + "cd".repeat(32),
            "/reviews/abc/",
            "/assets/chat.sql")) {
      assertThat(served.get(path).status()).as(path).isEqualTo(404);
    }
  }
}
