package dev.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.io.Hashes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Three months: a first release, one that is rolled back, and one with feedback, killed once. */
@Tag("e2e")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RetrainMonthsTest {
  private static final List<String> FEEDBACK =
      List.of(
          "{\"message\": \"My coils stand in the rain, says Anna Beck.\", \"answer\": \"Noted.\", \"thumb\": \"down\","
              + " \"edit\": \"Coils in the rain, that is hard. Could you count those without cover?\","
              + " \"round\": 1, \"sentiment\": \"tired\", \"asks\": [\"cover\"], \"who\": \"ulrike.behr@example.com\"}",
          "{\"message\": \"I cannot carry the zinc alone.\", \"answer\": \"Our terms are fixed.\", \"thumb\": \"down\","
              + " \"edit\": \"Carrying that alone would be hard, I see. Could you send me the zinc index?\"}",
          "this line is broken, says anna.beck@example.com",
          "{\"message\": \"Can you confirm the forecast until June?\", \"thumb\": \"up\","
              + " \"answer\": \"I understand that you need a date. Could you name the week by which you need it?\","
              + " \"round\": 1, \"sentiment\": \"impatient\", \"asks\": [\"forecast\"]}");

  @TempDir static Path folder;
  private static SmokeConfig config;

  /** Few pairs, so that those of feedback are among the ones that a smoke run learns from. */
  @BeforeAll
  static void configure() throws IOException {
    config = SmokeConfig.in(folder);
    Path raw = Files.createDirectories(folder.resolve("raw-preferences"));
    try (var lines = Files.lines(Path.of("../datasets/preferences-raw/feedback.jsonl"))) {
      Files.write(raw.resolve("feedback.jsonl"), lines.limit(12).toList());
    }
    config.set("preferences", "raw_preferences", raw);
    for (String key : List.of("spoilt_rows", "sampled_rows", "on_policy_rows")) {
      config.set("preferences", key, 0);
    }
    config.set("feedback", "drop", folder.resolve("drop"));
    config.set("schedule", "time_zone", "UTC");
  }

  @Test
  @Order(1)
  void aMonthGoesFromConversationsToARelease() {
    Program.Ended run = retrain("--month", thisMonth().minusMonths(2).toString());
    assertThat(run.status()).as(run.text()).isZero();
    assertThat(run.text()).contains("release 1, from 0 opinions");
    assertThat(record(thisMonth().minusMonths(2)))
        .content()
        .contains("\"verdict\" : \"released\"", "\"release\" : 1");
  }

  @Test
  @Order(2)
  void theSameMonthAgainDoesNothing() {
    Program.Ended run =
        retrain("--month", thisMonth().minusMonths(2).toString(), "--reason", "schedule");
    assertThat(run.status()).isZero();
    assertThat(run.text()).contains("is done: release 1", "nothing to do");
  }

  @Test
  @Order(3)
  void aReleaseThatWasRolledBackIsNotReleasedAgain() throws IOException {
    String other = "sft.learning_rate=9e-4";
    Program.Ended second = retrain("--month", thisMonth().minusMonths(1).toString(), other);
    assertThat(second.status()).as(second.text()).isZero();
    assertThat(second.text()).contains("release 2, from 0 opinions");
    Map<String, String> before = digests("releases/1/models");
    assertThat(digests("models")).isNotEqualTo(before);
    Program.Ended back = program(() -> false, "releases", "rollback", "--why", "too long");
    assertThat(back.status()).as(back.text()).isZero();
    assertThat(digests("models")).isEqualTo(before);
    Program.Ended again = retrain(other);
    assertThat(again.status()).as(again.text()).isZero();
    assertThat(again.text()).contains("nothing is new").doesNotContain("release   version 3");
    assertThat(digests("models")).isEqualTo(before);
  }

  @Test
  @Order(4)
  void aMonthInWhichNothingIsNewDoesNothingAndStaysOpen() {
    Program.Ended run = retrain();
    assertThat(run.status()).as(run.text()).isZero();
    assertThat(run.text()).contains("nothing is new").doesNotContain("release   version 3");
    assertThat(record(thisMonth())).content().contains("\"verdict\" : \"nothing_new\"");
  }

  @Test
  @Order(5)
  void feedbackMakesTheNextMonthsReleaseAlsoThroughAKill() throws IOException {
    Files.createDirectories(folder.resolve("drop"));
    Files.write(folder.resolve("drop/november.jsonl"), FEEDBACK);
    Program.Ended killed =
        program(
            () -> SmokeConfig.exists(folder, ".*/runs/[^/]+/gate\\.md|.*/drop/done/.*"),
            "run",
            "retrain");
    assertThat(killed.status()).as(killed.text()).isEqualTo(137);
    Program.Ended run = retrain();
    assertThat(run.status()).as(run.text()).isZero();
    assertThat(run.text())
        .contains("from 3 opinions (3 new), 2 pairs, 1 rows")
        .contains("release 3")
        .contains("compared with release 1");
    assertThat(folder.resolve("drop/november.jsonl")).doesNotExist();
    assertThat(folder.resolve("drop/aside/november.jsonl")).content().contains("[EMAIL_1]");
    assertThat(retrain().text()).contains("is done: release 3");
  }

  @Test
  @Order(6)
  void nothingUnredactedLiesAnywhere() throws IOException {
    try (var files = Files.walk(folder)) {
      assertThat(files.filter(file -> file.toString().matches(".*\\.(jsonl|json|md|html|log)")))
          .isNotEmpty()
          .allSatisfy(
              file ->
                  assertThat(Files.readString(file))
                      .doesNotContain("Anna Beck", "anna.beck", "ulrike.behr"));
    }
  }

  @Test
  @Order(7)
  void theReleasedModelIsLookedAtOnceADay() {
    Program.Ended first = program(() -> false, "run", "drift");
    assertThat(first.status()).as(first.text()).isZero();
    assertThat(first.text()).contains("baseline of 4 prompts recorded");
    Program.Ended again = program(() -> false, "run", "drift");
    assertThat(again.status()).isZero();
    assertThat(again.text()).contains("(already done)");
    Path drift = folder.resolve("artifacts/smoke-joshi/drift");
    assertThat(drift.resolve("report.html")).content().contains("Drift report");
    assertThat(drift.resolve("history.jsonl")).content().hasLineCount(1);
  }

  @Test
  @Order(8)
  void aModelThatFellIsATicketAndExitCodeOne() throws IOException {
    Path baseline = folder.resolve("artifacts/smoke-joshi/drift/baseline.json");
    String better =
        Files.readString(baseline)
            .replaceAll(
                "(\"answer\" : )\".*\"",
                "$1\"I see why that stings. Could you send me the log of last week?\"")
            .replaceFirst("\"day\" : \"[^\"]*\"", "\"day\" : \"2026-01-01\"");
    Files.writeString(baseline, better);
    Program.Ended run = program(() -> false, "run", "drift");
    assertThat(run.status()).as(run.text()).isEqualTo(1);
    assertThat(run.text()).contains("DRIFT: the rubric fell", "ticket -> ");
    assertThat(SmokeConfig.exists(folder, ".*/drift/tickets/.*\\.md")).isTrue();
    Program.Ended accepted = program(() -> false, "run", "drift", "--new-baseline");
    assertThat(accepted.status()).as(accepted.text()).isZero();
  }

  private static Map<String, String> digests(String inModel) throws IOException {
    try (var files = Files.list(folder.resolve("artifacts/smoke-joshi").resolve(inModel))) {
      return files.collect(Collectors.toMap(file -> "" + file.getFileName(), Hashes::sha256));
    }
  }

  private static YearMonth thisMonth() {
    return YearMonth.now(ZoneOffset.UTC);
  }

  private static Path record(YearMonth month) {
    return folder.resolve("artifacts/smoke-joshi/retrain/" + month + ".json");
  }

  private static Program.Ended retrain(String... options) {
    List<String> verb = new ArrayList<>(List.of("run", "retrain"));
    verb.addAll(List.of(options));
    return program(() -> false, verb.toArray(String[]::new));
  }

  private static Program.Ended program(BooleanSupplier struck, String... verb) {
    List<String> arguments = new ArrayList<>(List.of(verb));
    arguments.addAll(List.of("--config", config.folder().toString()));
    return Program.run(struck, arguments.toArray(String[]::new));
  }
}
