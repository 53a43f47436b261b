package dev.pipeline.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.config.ConfigLoader;
import dev.pipeline.config.PipelineConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunKeyTest {
  @TempDir Path folder;

  @Test
  void orderOfIngredientsDoesNotMatterButEveryOneDoes() {
    Map<String, String> one = new LinkedHashMap<>(Map.of("code", "1"));
    one.put("settings", "2");
    Map<String, String> other = new LinkedHashMap<>(Map.of("settings", "2"));
    other.put("code", "1");
    assertThat(RunKey.of("sft", one)).isEqualTo(RunKey.of("sft", other));
    assertThat(RunKey.of("sft", one)).isNotEqualTo(RunKey.of("dpo", one));
    other.put("code", "3");
    assertThat(RunKey.of("sft", one)).isNotEqualTo(RunKey.of("sft", other));
    assertThat(RunKey.of("sft", one).shortName()).hasSize(16);
  }

  @Test
  void theSettingsOfEveryJobCanBeWrittenIntoItsKey() {
    PipelineConfig config = ConfigLoader.load(Path.of("../configs/demo"), List.of(), "sft");
    for (String job : Chain.names()) {
      assertThat(Chain.named(job).settings(config))
          .as(job)
          .isNotEmpty()
          .allSatisfy(part -> assertThat(PipelineConfig.canonicalJson(part)).startsWith("{\""));
    }
  }

  @Test
  void anotherDeviceOrFolderOfArtefactsDoesNotCurateAgain() {
    PipelineConfig here = ConfigLoader.load(Path.of("../configs/demo"), List.of(), "sft");
    PipelineConfig there =
        ConfigLoader.load(
            Path.of("../configs/demo"), List.of("device=cuda", "output_dir=elsewhere"), "sft");
    assertThat(Chain.named("curate").settings(there))
        .isEqualTo(Chain.named("curate").settings(here));
    assertThat(Chain.named("sft").settings(there)).isNotEqualTo(Chain.named("sft").settings(here));
  }

  @Test
  void aFoldersDigestSeesNamesAndContents() throws IOException {
    Path a = Files.createDirectories(folder.resolve("a"));
    Path b = Files.createDirectories(folder.resolve("b"));
    Files.writeString(a.resolve("x"), "1");
    Files.writeString(b.resolve("x"), "1");
    assertThat(Digests.of(a)).isEqualTo(Digests.of(b));
    Files.move(b.resolve("x"), b.resolve("y"));
    assertThat(Digests.of(a)).isNotEqualTo(Digests.of(b));
    Files.move(b.resolve("y"), b.resolve("x"));
    Files.writeString(b.resolve("x"), "2");
    assertThat(Digests.of(a)).isNotEqualTo(Digests.of(b));
  }
}
