package dev.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeedbackCommandTest {
  @TempDir Path folder;

  @BeforeEach
  void configure() throws IOException {
    Files.writeString(
        folder.resolve("all.yaml"),
        "model:\n  model_name: buyer\n  output_dir: %s\n  dataset_dir: %s\nfeedback:\n  drop: %s\n"
            .formatted(folder, folder, folder.resolve("drop")));
  }

  @Test
  void whatIsAddedIsListedRedacted() {
    assertThat(add("--comment", "Anna Beck said so").out()).startsWith("kept as f-");
    assertThat(add("--comment", "Anna Beck said so").out()).startsWith("known already as f-");
    assertThat(add("--comment", "Anna Beck said so", "--json").out())
        .contains("\"state\" : \"known\"", "\"id\" : \"f-");
    assertThat(feedback("list").out()).contains("down").contains("[PERSON_1] said so");
    assertThat(feedback("list", "--json").out()).contains("\"thumb\" : \"down\"");
  }

  @Test
  void anIdTwiceOrANonsenseVerdictIsRefused() {
    add("--id", "a-1");
    assertThat(add("--id", "a-1", "--edit", "Better words.").status()).isEqualTo(2);
    Typed wrong = feedback("add", "--message", "m", "--answer", "a", "--thumb", "sideways");
    assertThat(wrong.status()).isEqualTo(2);
    assertThat(wrong.err()).contains("'thumb' must be up or down");
  }

  @Test
  void theDropFolderIsTakenInAndAFileStays() throws IOException {
    assertThat(feedback("import").out()).contains("nothing lies in");
    Path drop = Files.createDirectories(folder.resolve("drop"));
    String line = "{\"message\": \"Rain.\", \"answer\": \"Noted.\", \"thumb\": \"up\"}\n";
    Files.writeString(drop.resolve("a.jsonl"), line + "broken\n");
    assertThat(feedback("import").out())
        .contains("a.jsonl: 1 kept, 0 known before, 1 set aside")
        .contains("line 2: it is no JSON");
    Path file = Files.writeString(folder.resolve("b.jsonl"), line);
    assertThat(feedback("import", file.toString()).out()).contains("0 kept, 1 known before");
    assertThat(file).exists();
    assertThat(feedback("import", folder.resolve("none").toString()).status()).isEqualTo(2);
  }

  @Test
  void aFileOfWhichNothingCanBeKeptIsRefused() throws IOException {
    String line = "{\"message\": \"Rain.\", \"answer\": \"Noted.\", \"thumb\": \"up\"}\n";
    Path file = Files.writeString(folder.resolve("c.jsonl"), line.replace(", ", ",\n"));
    Typed typed = feedback("import", file.toString());
    assertThat(typed.status()).isEqualTo(4);
    assertThat(typed.out())
        .contains("0 kept, 0 known before, 3 set aside")
        .contains("; each line must be one whole object");
    assertThat(typed.err()).contains("no line could be kept; set aside: 3");
    Files.writeString(file, line + "broken\n");
    assertThat(feedback("import", file.toString()).status()).isZero();
  }

  private Typed add(String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "add",
                "--message",
                "My coils stand in the rain.",
                "--answer",
                "Noted.",
                "--thumb",
                "down"));
    words.addAll(List.of(more));
    return feedback(words.toArray(String[]::new));
  }

  private Typed feedback(String... words) {
    List<String> all = new ArrayList<>(List.of("feedback"));
    all.addAll(List.of(words));
    all.addAll(List.of("--config", folder.resolve("all.yaml").toString()));
    return Typed.run(all.toArray(String[]::new));
  }
}
