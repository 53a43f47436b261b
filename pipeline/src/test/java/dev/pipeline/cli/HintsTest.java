package dev.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.config.ConfigLoader;
import dev.pipeline.io.StopSignal;
import dev.pipeline.jobs.RunRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class HintsTest {
  private static final Path SMOKE = Path.of("../configs/smoke");

  @TempDir Path folder;
  private final Hints smoke = Hints.of(request("num_epochs=1", "output_dir=/tmp/a b"));

  @Test
  void commandsThatAMessageNamesMeanTheSameModel() {
    String words = " --config ../configs/smoke --set 'output_dir=/tmp/a b'";
    assertThat(smoke.in("recorded; see pipeline plans latest"))
        .isEqualTo("recorded; see pipeline plans latest" + words);
    assertThat(smoke.in("'pipeline bench' tells")).isEqualTo("'pipeline bench" + words + "' tells");
    assertThat(smoke.in("start pipeline worker on a machine"))
        .isEqualTo("start pipeline worker" + words + " on a machine");
    assertThat(smoke.in("run pipeline run evaluate again"))
        .isEqualTo("run pipeline run evaluate" + words + " again");
  }

  @Test
  void everythingElseStaysAsItIs() {
    for (String text :
        List.of(
            "pipeline fetch phi-4 --to models/phi-4",
            "pipeline speaks gRPC",
            "pipeline validate --config configs/mine",
            "scripts of a pipeline")) {
      assertThat(smoke.in(text)).isEqualTo(text);
    }
    assertThat(Hints.NONE.in("see pipeline plans latest")).isEqualTo("see pipeline plans latest");
  }

  /** The pattern of verbs is held to what the verbs really take. */
  @Test
  void settingsAreGivenToTheVerbsThatTakeThemAndToNoOther() {
    CommandLine root = Main.commandLine(new StopSignal());
    List<String> wrong = new ArrayList<>();
    root.getSubcommands()
        .forEach(
            (verb, command) ->
                Stream.concat(
                        command.getSubcommands().isEmpty() ? Stream.of(command) : Stream.of(),
                        command.getSubcommands().values().stream())
                    .filter(one -> !one.getCommandName().equals("gate"))
                    .forEach(
                        one -> {
                          String name = one.getCommandSpec().qualifiedName();
                          String advised = name.equals("pipeline run") ? name + " sft" : name;
                          boolean takes = one.getCommandSpec().findOption("--config") != null;
                          if (takes == smoke.in(advised).equals(advised)) {
                            wrong.add(name);
                          }
                        }));
    assertThat(wrong).isEmpty();
  }

  @Test
  void errorsOfAVerbWithSettingsAdviseWithThem() {
    Typed typed =
        Typed.run(
            "plans", "latest", "--config", "../configs/smoke", "--set", "output_dir=" + folder);
    assertThat(typed.err())
        .contains("pipeline run sft --config ../configs/smoke --set output_dir=" + folder);
  }

  private static RunRequest request(String... overrides) {
    List<String> list = List.of(overrides);
    return new RunRequest(
        "sft", false, ConfigLoader.load(SMOKE, list, "sft"), SMOKE.toString(), list);
  }
}
