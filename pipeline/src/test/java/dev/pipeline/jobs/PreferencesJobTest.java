package dev.pipeline.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pipeline.config.ConfigLoader;
import dev.pipeline.data.VersionFolder;
import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import dev.pipeline.io.Progress;
import dev.pipeline.io.StopSignal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole job on a few conversations, without the answers of the base model. */
@Tag("recipe")
class PreferencesJobTest {
  private static final Path DATASETS = Path.of("..", "datasets");

  @TempDir Path folder;

  @BeforeEach
  void aFewRawLines() throws IOException {
    copy(DATASETS.resolve("raw/chat.jsonl"), folder.resolve("raw/chat.jsonl"), 40);
    copy(
        DATASETS.resolve("preferences-raw/review-notes.jsonl"),
        folder.resolve("pairs/review-notes.jsonl"),
        30);
  }

  @Test
  void stoppedAndContinuedItEndsWithTheSameBytes() throws IOException {
    Path undisturbed = folder.resolve("undisturbed");
    run(undisturbed, Integer.MAX_VALUE);
    Path stopped = folder.resolve("stopped");
    for (int at : List.of(9, 25)) {
      assertThat(catchThrowableOfType(Failure.class, () -> run(stopped, at)).exitCode())
          .isEqualTo(ExitCode.INTERRUPTED);
    }
    run(stopped, Integer.MAX_VALUE);
    assertThat(version(stopped)).isEqualTo(version(undisturbed));
  }

  @Test
  void aBadLineIsSetAsideByFileLineAndKeyAndTheCardCountsIt() throws IOException {
    Files.writeString(
        folder.resolve("pairs/more.jsonl"),
        """
        {"prompt": "The mill is shut.", "chosen": "Sorry."}
        {"prompt": "The mill is shut.", "chosen": "Sorry.", "rejected": "sorry"}
        """);
    run(folder.resolve("run"), Integer.MAX_VALUE);
    Map<String, String> files = version(folder.resolve("run"));
    assertThat(files.get(VersionFolder.REJECTED))
        .contains("\"reason\":\"malformed-pair\",\"detail\":\"'rejected' is missing")
        .contains("\"file\":\"more.jsonl\",\"line\":1")
        .contains("\"reason\":\"identical-answers\"")
        .contains("\"file\":\"more.jsonl\",\"line\":2");
    assertThat(files.get(VersionFolder.CARD))
        .contains("| malformed-pair | 1 |")
        .contains("**identical-answers**: 1 pairs");
  }

  @Test
  void aFileThatHoldsNoPreferenceStopsTheJobBeforeItBegins() throws IOException {
    Files.writeString(folder.resolve("pairs/torn.jsonl"), "{\"prompt\": \n");
    Failure failure =
        catchThrowableOfType(Failure.class, () -> run(folder.resolve("run"), Integer.MAX_VALUE));
    assertThat(failure.exitCode()).isEqualTo(ExitCode.REFUSED);
    assertThat(failure.reason()).contains("torn.jsonl").contains("line 1: no JSON");
    assertThat(folder.resolve("run/datasets")).doesNotExist();
  }

  /** Runs the job with what it needs; a stop is asked for at that pair of those captured. */
  private void run(Path home, int stopAt) {
    StopSignal stop = new StopSignal();
    List<String> settings =
        List.of(
            "output_dir=" + home.resolve("artifacts"),
            "dataset_dir=" + home.resolve("datasets"),
            "mine.raw=" + folder.resolve("raw"),
            "raw_preferences=" + folder.resolve("pairs"),
            "sampled_rows=0",
            "base_model=../artifacts/base",
            "curate.chunk_size=8");
    Path configs = Path.of("..", "configs", "smoke");
    new PipelineRun(
            new RunRequest(
                "preferences",
                false,
                ConfigLoader.load(configs, settings, "preferences"),
                configs.toString(),
                settings),
            new StoppingReport(stop, stopAt),
            stop)
        .run();
  }

  private record StoppingReport(StopSignal stop, int at) implements QuietReport {
    @Override
    public Progress started(String job, boolean continued) {
      return (done, total, message) -> {
        if (done == at && message.startsWith("captured")) {
          stop.request("asked to");
        }
      };
    }
  }

  private static Map<String, String> version(Path home) throws IOException {
    Path pairs = home.resolve("datasets/preferences/negotiation");
    Path version = pairs.resolve(Files.readString(pairs.resolve(VersionFolder.LATEST)).strip());
    Map<String, String> content = new TreeMap<>();
    try (Stream<Path> files = Files.list(version)) {
      for (Path file : new ArrayList<>(files.toList())) {
        content.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    return content;
  }

  private static void copy(Path source, Path target, int lines) throws IOException {
    Files.createDirectories(target.getParent());
    // Some raw lines are no UTF-8; bytes survive as Latin-1.
    try (Stream<String> all = Files.lines(source, StandardCharsets.ISO_8859_1)) {
      Files.write(target, all.limit(lines).toList(), StandardCharsets.ISO_8859_1);
    }
  }
}
