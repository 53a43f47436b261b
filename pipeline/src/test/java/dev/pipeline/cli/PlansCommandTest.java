package dev.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.io.Json;
import dev.pipeline.plan.PlanRecord;
import dev.pipeline.plan.PlanStore;
import java.io.IOException;
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
        folder.resolve("all.yaml"), "model:\n  model_name: buyer\n  output_dir: " + folder + "\n");
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

  private Typed plans(String... arguments) {
    List<String> all = new ArrayList<>(List.of("plans"));
    all.addAll(Arrays.asList(arguments));
    all.addAll(List.of("--config", folder.resolve("all.yaml").toString()));
    return Typed.run(all.toArray(String[]::new));
  }
}
