package dev.pipeline.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SettingsReferenceTest {
  /** Writes the page anew. */
  static final String COMMAND = "mvn -q test -Dtest=SettingsReferenceTest -Dsettings.write=true";

  private static final Path PAGE = Path.of("../docs/settings.md");

  @Test
  void thePageSaysWhatTheCodeDoes() throws IOException {
    if (Boolean.getBoolean("settings.write")) {
      Files.writeString(PAGE, SettingsReference.markdown());
    }
    assertThat(PAGE)
        .as("docs/settings.md is behind the code; write it anew: %s", COMMAND)
        .content()
        .isEqualTo(SettingsReference.markdown());
  }

  @Test
  void everyKeyHasARowWithItsDefaultAndBounds() {
    String page = SettingsReference.markdown();
    Stream.of(Section.values())
        .flatMap(section -> RecordBinder.keys(section.type()).stream())
        .forEach(key -> assertThat(page).contains("| `" + key + "` | "));
    assertThat(page)
        .contains("| `sequence_len` | whole number, at least 16 | `4096` | longest prompt and ")
        .contains("| `lora_dropout` | number, at least 0, below 1 | `0.05` | ")
        .contains("| `top_p` | number, at most 1, above 0 | `0.9` | ")
        .contains("| `ollama_timeout` | duration, such as 30s, 5m or 2h | `5m` | ")
        .contains("| `learning_rate` | number, above 0 | `2e-4` | ")
        .contains("| `min_style_gain` | number, at least -100, below 101 | `30` | ")
        .contains("| `excess_length_strategy` | one of truncate, drop, raise | `truncate` | ");
  }

  @Test
  void namesElsewhereStandBesideKeysThatExist() {
    assertThat(OtherNames.TABLE)
        .allSatisfy(names -> assertThat(Section.owning(names.get(0), "sft")).isNotNull());
  }
}
