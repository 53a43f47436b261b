package dev.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.evaluate.EvaluationFiles;
import dev.pipeline.evaluate.review.Contests;
import dev.pipeline.io.Json;
import dev.pipeline.io.StopSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ReviewCommandTest {
  @TempDir Path home;

  @BeforeEach
  void evaluations() throws IOException {
    Files.writeString(
        home.resolve("all.yaml"), "model:\n  model_name: m\n  output_dir: " + home + "\n");
    EvaluationFiles.write(home.resolve("m/runs/aaaa1"), Contests.evaluation(12));
  }

  @Test
  void goesFromAnEvaluationToResultsWithoutThePage() throws IOException {
    String folder = create("--items", "2", "--seed", "5");
    Path sheet = home.resolve("anna.csv");
    assertThat(export(folder, sheet).out()).contains("Anna's table");
    assertThat(results(folder).status()).isEqualTo(2);
    assertThat(results(folder).err()).contains("Anna has 2 of 2 items open", "--partial");

    String filled = Files.readString(sheet).replace(",,,,,,,,\r\n", ",left,5,3,4,4,2,1,Clear.\r\n");
    Files.writeString(sheet, filled);
    Typed taken =
        Typed.run(
            "review",
            "import",
            "--folder",
            folder,
            "--csv",
            sheet.toString(),
            "--reviewer",
            "Anna");
    assertThat(taken.out()).isEqualTo("2 opinions of Anna taken over\n");

    // Each model stood on the left once.
    assertThat(results(folder).out())
        .contains("marigold against basalt")
        .contains("2 items of 12 held-out rows (0 with equal answers left out), judged by Anna\n")
        .contains("win rate     50.0 % [", "1 won, 0 tied, 1 lost")
        .contains("left chosen  100.0 % [")
        .contains("tone         4.00 against 4.00, difference 0.000 [")
        .contains("not defined for one reviewer")
        .contains("2 preference pairs -> " + folder + "/pairs.jsonl")
        .contains("0 preference pairs -> " + folder + "/disputed.jsonl");
    JsonNode pair =
        Json.mapper().readTree(Files.readAllLines(Path.of(folder, "pairs.jsonl")).get(0));
    assertThat(pair.propertyNames())
        .containsExactly("id", "prompt", "context", "chosen", "rejected", "rationale");
    JsonNode json = Json.mapper().readTree(results(folder, "--json").out());
    assertThat(json.at("/win_rate/n").asInt()).isEqualTo(2);
  }

  @Test
  void drawsTheSameReviewForTheSameSeed() {
    String folder = create("--seed", "5");
    assertThat(create("--seed", "5")).isEqualTo(folder);
    assertThat(create("--seed", "6")).isNotEqualTo(folder);
    assertThat(create()).as("a new seed each time").isNotEqualTo(create());
  }

  @Test
  void comparesTwoRuns() {
    EvaluationFiles.write(home.resolve("m/runs/bbbb1"), Contests.evaluation(12));
    Typed same = createWith("--run", "aaaa", "--against", "bbbb");
    assertThat(same.status()).isEqualTo(4);
    assertThat(same.err()).contains("of run aaaa1", "of run bbbb1", "the same answer");
  }

  @Test
  void serveInvitesAndEndsWhenAsked() {
    String folder = create();
    StopSignal stop = new StopSignal();
    stop.request("interrupted");
    assertThat(Typed.run(stop, "review", "serve", "--folder", folder).err())
        .contains("nobody is invited", "--reviewer NAME");
    Typed served =
        Typed.run(
            stop, "review", "serve", "--folder", folder, "--reviewer", "Anna", "--reviewer", "Ben");
    assertThat(served.status()).isZero();
    List<String> lines = served.out().lines().toList();
    assertThat(lines.get(0)).matches("Anna {2}http://127\\.0\\.0\\.1:\\d+/#[\\w-]{24}");
    assertThat(lines.get(1)).startsWith("Ben  http://127.0.0.1:");
    String again = Typed.run(stop, "review", "serve", "--folder", folder).out();
    assertThat(again).as("links stay").contains(lines.get(0).replaceFirst(".*#", "#"));
  }

  @Test
  void inviteMakesLinksToAServiceThatRunsElsewhere() {
    String folder = create();
    String[] anna = {"review", "invite", "--folder", folder, "--reviewer", "Anna"};
    String link = Typed.run(anna).out();
    String name = String.valueOf(Path.of(folder).getFileName());
    assertThat(link)
        .matches("Anna {2}http://127\\.0\\.0\\.1:8080/reviews/" + name + "/#[\\w-]{24}\n");
    assertThat(Typed.run(anna).out()).as("links stay").isEqualTo(link);
    Typed both =
        Typed.run(
            "review",
            "invite",
            "--folder",
            folder,
            "--reviewer",
            "Ben",
            "--reviewer",
            "anna",
            "--at",
            "https://tone.example/");
    assertThat(both.out().lines().toList())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("Ben  https://tone.example/reviews/" + name + "/#"),
            line -> assertThat(line).endsWith(link.strip().replaceFirst(".*#", "#")));
    Typed refused =
        Typed.run(
            "review", "invite", "--folder", folder, "--reviewer", "Cleo", "--at", "javascript:x");
    assertThat(refused.status()).isEqualTo(2);
    assertThat(refused.err()).contains("--at", "http://127.0.0.1:8080");
  }

  @Test
  void refusesAFolderThatIsNoReview() {
    Typed typed = Typed.run("review", "serve", "--folder", home.toString());
    assertThat(typed.status()).isEqualTo(2);
    assertThat(typed.err()).contains("review.json", "pipeline review create");
  }

  private String create(String... options) {
    Typed typed = createWith(options);
    assertThat(typed.status()).as(typed.err()).isZero();
    return typed.out().lines().findFirst().orElse("").replaceFirst(".* -> ", "");
  }

  private Typed createWith(String... options) {
    String config = home.resolve("all.yaml").toString();
    List<String> command = new ArrayList<>(List.of("review", "create", "--config", config));
    command.addAll(List.of(options));
    return Typed.run(command.toArray(String[]::new));
  }

  private static Typed export(String folder, Path sheet) {
    return Typed.run(
        "review", "export", "--folder", folder, "--csv", sheet.toString(), "--reviewer", "Anna");
  }

  private static Typed results(String folder, String... options) {
    List<String> command = new ArrayList<>(List.of("review", "results", "--folder", folder));
    command.addAll(List.of(options));
    return Typed.run(command.toArray(String[]::new));
  }
}
