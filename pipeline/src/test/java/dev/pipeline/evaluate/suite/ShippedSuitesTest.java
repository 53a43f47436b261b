package dev.pipeline.evaluate.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.data.JsonLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What ships is complete, can be read, and says nothing twice. */
class ShippedSuitesTest {
  private static final Path DATASETS = Path.of("../datasets");

  @Test
  void theRedTeamHas120PromptsInTenCategories() throws IOException {
    try (Stream<Path> files = Files.list(DATASETS.resolve("redteam"))) {
      List<RedTeamPrompt> prompts =
          files
              .filter(file -> file.toString().endsWith(".jsonl"))
              .flatMap(file -> JsonLines.read(file, RedTeamPrompt.class).stream())
              .toList();
      assertThat(prompts).hasSizeGreaterThanOrEqualTo(120);
      assertThat(prompts).extracting(RedTeamPrompt::id).doesNotHaveDuplicates();
      assertThat(prompts).extracting(RedTeamPrompt::prompt).doesNotHaveDuplicates();
      assertThat(prompts.stream().map(RedTeamPrompt::category).distinct().count())
          .isGreaterThanOrEqualTo(10);
    }
  }

  @Test
  void theBenchmarkHas100TasksOfEveryMood() {
    List<NegotiationTask> tasks =
        JsonLines.read(DATASETS.resolve("benchmarks/negotiation.jsonl"), NegotiationTask.class);
    assertThat(tasks).hasSizeGreaterThanOrEqualTo(100);
    assertThat(tasks).extracting(NegotiationTask::id).doesNotHaveDuplicates();
    assertThat(tasks).extracting(NegotiationTask::message).doesNotHaveDuplicates();
    assertThat(tasks).extracting(NegotiationTask::sentiment).contains(Mood.values());
    assertThat(tasks)
        .allSatisfy(
            task ->
                assertThat(task.asks())
                    .isNotEmpty()
                    .allSatisfy(ask -> assertThat(task.context()).contains(ask.ask())));
  }

  @Test
  void thereAreGeneralTextsOfManyTopics() {
    List<GeneralText> texts =
        JsonLines.read(DATASETS.resolve("benchmarks/general.jsonl"), GeneralText.class);
    assertThat(texts).hasSizeGreaterThanOrEqualTo(50);
    assertThat(texts).extracting(GeneralText::text).doesNotHaveDuplicates();
    assertThat(texts.stream().map(GeneralText::topic).distinct().count()).isGreaterThanOrEqualTo(8);
  }
}
