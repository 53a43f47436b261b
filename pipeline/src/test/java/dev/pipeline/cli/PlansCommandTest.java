package dev.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.io.Json;
import dev.pipeline.plan.PlanRecord;
import dev.pipeline.plan.PlanStore;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlansCommandTest {
  private static final String PLAN =
      """
      {"id": "00000000-0000-0000-0000-000000000000", "document_type": "model_plan",
       "model_name": "buyer", "plan_text": "Teach the buyer to ask for the index.\\nÄrger: none.",
       "metadata": {"model_name": "buyer", "plan_version": "1", "run_key": "k1",
                    "dataset_counts": {"train": 3}, "deployment_status": "published"},
       "created_at": "2026-01-01T00:00:00Z", "tags": ["tone"]}
      """;

  @TempDir Path folder;

  @BeforeEach
  void configure() throws IOException {
    Files.writeString(
        folder.resolve("all.yaml"),
        "model:\n  model_name: buyer\n  output_dir: "
            + folder
            + "\n  dataset_dir: "
            + folder
            + "\n");
    Files.writeString(folder.resolve("plan.json"), PLAN);
  }

  @Test
  void whatIsRecordedIsTheLatestAndIsFound() {
    assertThat(plans("record", folder.resolve("plan.json").toString()).out())
        .startsWith("recorded ");

    assertThat(plans("latest").out())
        .isEqualTo(
            """
            2026-01-01T00:00:00.000000+00:00
            Teach the buyer to ask for the index.
            Ärger: none.
            """);
    PlanRecord latest = Json.parse(plans("latest", "--json").out(), PlanRecord.class, "latest");
    assertThat(latest.modelName()).isEqualTo("buyer");

    assertThat(plans("search", "which", "index").out())
        .contains("Teach the buyer to ask for the index.")
        .doesNotContain("Ärger");
    PlanStore.Match[] matches =
        Json.parse(plans("search", "index", "--json").out(), PlanStore.Match[].class, "search");
    assertThat(matches).extracting(PlanStore.Match::plan).containsExactly(latest);
  }

  @Test
  void whatIsNoIdIsSaidToBeNone() {
    Typed typed = plans("show", "nosuch");
    assertThat(typed.status()).isEqualTo(2);
    assertThat(typed.err())
        .contains("\"nosuch\" is no id of a plan; pipeline plans list shows them")
        .doesNotContain("Exception");
  }

  @Test
  void whatLatestPrintsCanBeRecordedElsewhere() throws IOException {
    plans("record", folder.resolve("plan.json").toString());
    String printed = plans("latest", "--json").out();
    Files.writeString(folder.resolve("printed.json"), printed);

    plans("record", folder.resolve("printed.json").toString());

    assertThat(plans("latest", "--json").out()).isEqualTo(printed);
  }

  @Test
  void aPlanThatLacksAFieldIsRefusedByItsName() throws IOException {
    Files.writeString(folder.resolve("plan.json"), PLAN.replace("\"document_type\"", "\"type\""));
    Typed typed = plans("record", folder.resolve("plan.json").toString());
    assertThat(typed.status()).isEqualTo(4);
    assertThat(typed.err()).contains("plan.json: ").doesNotContain("Cannot", "null");
    Files.writeString(folder.resolve("plan.json"), "{}");
    assertThat(plans("record", folder.resolve("plan.json").toString()).err())
        .contains("Missing", "'id'");
  }

  @Test
  void aPlanOfAnotherModelDoesNotTakeAKnownId() throws IOException {
    plans("record", folder.resolve("plan.json").toString());
    Files.writeString(folder.resolve("other.json"), PLAN.replace("\"buyer\"", "\"other\""));
    Typed typed = plans("record", folder.resolve("other.json").toString());
    assertThat(typed.status()).isEqualTo(4);
    assertThat(typed.err()).contains("is of buyer, not other");
    assertThat(plans("latest").status()).isZero();
  }

  @Test
  void aModelWithoutAPlanIsAMistake() {
    Typed typed = plans("latest", "--model", "nobody");

    assertThat(typed.status()).isEqualTo(2);
    assertThat(typed.err()).contains("no plan of nobody is recorded");
    assertThat(typed.out()).isEmpty();
  }

  @Test
  void aFileThatIsNoPlanIsRefusedByName() throws IOException {
    Files.writeString(folder.resolve("plan.json"), "{\"plan\": 1}");

    Typed typed = plans("record", folder.resolve("plan.json").toString());

    assertThat(typed.status()).isEqualTo(4);
    assertThat(typed.err()).contains("plan.json");
    assertThat(plans("record", "absent.json").status()).isEqualTo(2);
  }

  @Test
  void plansAreListedAndShownByTheirId() throws IOException {
    plans("record", folder.resolve("plan.json").toString());
    Files.writeString(
        folder.resolve("other.json"),
        PLAN.replace("\"buyer\"", "\"seller\"")
            .replace("00000000-0000", "11111111-0000")
            .replace("2026-01-01", "2026-02-01"));
    plans("record", folder.resolve("other.json").toString());

    assertThat(plans("list").out())
        .isEqualTo(
            """
            11111111-0000-0000-0000-000000000000  2026-02-01T00:00:00.000000+00:00  Teach the buyer to ask for the index.
            00000000-0000-0000-0000-000000000000  2026-01-01T00:00:00.000000+00:00  Teach the buyer to ask for the index.
            """);
    PlanRecord[] sellers =
        Json.parse(plans("list", "--model", "seller", "--json").out(), PlanRecord[].class, "list");
    assertThat(sellers).extracting(PlanRecord::modelName).containsExactly("seller");
    assertThat(plans("list", "--limit", "1").out()).hasLineCount(1);
    assertThat(plans("list", "--limit", "0").status()).isEqualTo(2);
    assertThat(plans("show", sellers[0].id().toString(), "--json").out())
        .isEqualTo(Json.pretty(sellers[0]));
    assertThat(plans("show", "22222222-0000-0000-0000-000000000000").status()).isEqualTo(2);
    assertThat(plans("show", "x").status()).isEqualTo(2);
  }

  @Test
  void whatPeopleSaidIsToldByTheNextSyncOnce() {
    Typed said =
        feedback(
            "--message",
            "Secret of Ms Planted",
            "--answer",
            "No.",
            "--thumb",
            "down",
            "--comment",
            "Too curt.",
            "--id",
            "f-1",
            "--release",
            "2");
    assertThat(said.status()).as(said.err()).isZero();

    assertThat(plans("sync").out()).endsWith(", 0 waiting\n");
    plans("sync");

    assertThat(plans("learnings").out())
        .hasLineCount(1)
        .contains("thumb_down  Thumb down for an answer of release 2: Too curt.");
    assertThat(plans("learnings", "unfriendly", "--json").out())
        .contains("Too curt.")
        .doesNotContain("Planted");
    assertThat(plans("learnings", "--datasets").out()).startsWith("nothing was learnt yet");
  }

  @Test
  void withoutTheServerAPlanWaitsAndSyncSaysWhy() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Files.writeString(
        folder.resolve("all.yaml"),
        Files.readString(folder.resolve("all.yaml"))
            + "memory:\n  qdrant_attempts: 1\n  qdrant_url: http://127.0.0.1:"
            + port
            + "\n");

    assertThat(plans("record", folder.resolve("plan.json").toString()).status()).isZero();

    assertThat(plans("show", "00000000-0000-0000-0000-000000000000").out())
        .contains("Teach the buyer");
    Typed latest = plans("latest");
    assertThat(latest.status()).isEqualTo(3);
    assertThat(latest.err()).contains("Qdrant at http://127.0.0.1:" + port + " does not answer");
    Typed sync = plans("sync", "--json");
    assertThat(sync.status()).isEqualTo(3);
    assertThat(sync.out()).contains("\"waiting\" : 1", "UNAVAILABLE");
  }

  private Typed feedback(String... arguments) {
    List<String> all = new ArrayList<>(List.of("feedback", "add"));
    all.addAll(Arrays.asList(arguments));
    all.addAll(List.of("--config", folder.resolve("all.yaml").toString()));
    return Typed.run(all.toArray(String[]::new));
  }

  private Typed plans(String... arguments) {
    List<String> all = new ArrayList<>(List.of("plans"));
    all.addAll(Arrays.asList(arguments));
    all.addAll(List.of("--config", folder.resolve("all.yaml").toString()));
    return Typed.run(all.toArray(String[]::new));
  }
}
