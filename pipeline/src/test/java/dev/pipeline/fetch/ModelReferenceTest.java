package dev.pipeline.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipeline.config.ModelRegistry;
import dev.pipeline.io.Failure;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelReferenceTest {
  private static final ModelRegistry KNOWN = new ModelRegistry(Path.of("../configs/models"));

  @Test
  void aKnownModelStandsForItsSource() {
    assertThat(ModelReference.parse("phi-4", null, KNOWN)).hasToString("microsoft/phi-4");
    assertThat(ModelReference.parse("phi-4@v1", null, KNOWN)).hasToString("microsoft/phi-4@v1");
    assertThatThrownBy(() -> ModelReference.parse("phi4", null, KNOWN))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> assertThat(failure.fix()).contains("did you mean \"phi-4\"?"));
  }

  @Test
  void everyKnownModelHasASourceThatCanBeFetched() {
    assertThat(KNOWN.names()).isNotEmpty();
    assertThat(KNOWN.names())
        .allSatisfy(name -> assertThat(RepositoryId.isOne(KNOWN.source(name))).isTrue());
    assertThat(KNOWN.nearestSource("microsoft/phi4")).contains("microsoft/phi-4");
  }

  @Test
  void nothingIsNoModel() {
    assertThatThrownBy(() -> ModelReference.parse("", null, KNOWN)).hasMessage("no model is named");
  }

  @Test
  void aRevisionIsNamedOnce() {
    assertThat(ModelReference.parse("a/b", "refs/pr/1", KNOWN)).hasToString("a/b@refs/pr/1");
    assertThat(ModelReference.parse("a/b@main", null, KNOWN)).hasToString("a/b");
    assertThatThrownBy(() -> ModelReference.parse("a/b@x", "y", KNOWN))
        .isInstanceOf(Failure.class)
        .hasMessage("two revisions are named");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a/b/c",
        "/b",
        "a/",
        "../b",
        "a/..",
        "a/b--c",
        "a/.b",
        "a/b.",
        "-a/b",
        "a/b c",
        "a/b?c",
        "https://hub/a",
        "a\u001b/b",
        "a/b@",
        "a/b@..",
        "a/b@a..b",
        "a/b@-x",
        "a/b@a//b",
        "a/b@a b"
      })
  void whatIsNoNameIsRefused(String text) {
    assertThatThrownBy(() -> ModelReference.parse(text, null, KNOWN))
        .isInstanceOf(Failure.class)
        .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain("\u001b"));
  }
}
