package dev.pipeline.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.config.ConfigLoader;
import dev.pipeline.config.ModelConfig;
import dev.pipeline.talk.BenchRecords;
import dev.pipeline.talk.Figures;
import dev.pipeline.talk.Footprint;
import dev.pipeline.talk.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PhaseZeroTest {
  @TempDir Path folder;
  private Path base;
  private ModelConfig model;

  @BeforeEach
  void make() throws IOException {
    base = Files.createDirectories(folder.resolve("base"));
    Files.writeString(base.resolve("config.json"), "{}");
    Files.write(base.resolve("model.safetensors"), new byte[3 << 20]);
    model = load(base);
  }

  @Test
  void warnsUntilTheBaseHasPassedOnThisMachine() {
    assertThat(PhaseZero.warning(model)).hasValueSatisfying(this::neverPassed);

    keep(50, Machine.description());
    assertThat(PhaseZero.warning(model)).isEmpty();
  }

  @Test
  void whatDidNotPassIsSaidApart() {
    keep(5, Machine.description());
    assertThat(PhaseZero.warning(model))
        .contains(base + " did not pass phase 0 on this machine: 'pipeline bench' says why");
  }

  @Test
  void anotherMachineOrAnotherBaseProvesNothing() throws IOException {
    keep(50, "another machine");
    assertThat(PhaseZero.warning(model)).hasValueSatisfying(this::neverPassed);

    keep(50, Machine.description());
    byte[] other = new byte[3 << 20];
    other[other.length - 1] = 1;
    Files.write(base.resolve("model.safetensors"), other);
    assertThat(PhaseZero.warning(model)).hasValueSatisfying(this::neverPassed);
  }

  @Test
  void ofABaseThatIsNotThereOthersSpeak() {
    assertThat(PhaseZero.warning(load(folder.resolve("nowhere")))).isEmpty();
  }

  @Test
  void theFingerprintIsOfNamesSizesAndContent() throws IOException {
    String before = BaseFingerprint.of(base);
    assertThat(BaseFingerprint.of(base)).isEqualTo(before);
    Files.move(base.resolve("config.json"), base.resolve("other.json"));
    assertThat(BaseFingerprint.of(base)).isNotEqualTo(before);
    Files.move(base.resolve("other.json"), base.resolve("config.json"));
    Files.write(base.resolve("model.safetensors"), new byte[(3 << 20) + 1]);
    assertThat(BaseFingerprint.of(base)).isNotEqualTo(before);
  }

  private void neverPassed(String words) {
    assertThat(words).startsWith(base + " never passed phase 0 on this machine: 'pipeline bench'");
  }

  private void keep(double tokensPerSecond, String machine) {
    Figures figures =
        new Figures(
            "base",
            "Q4_K - Medium",
            1,
            1,
            1,
            tokensPerSecond,
            new Footprint(1000, 0),
            5,
            10,
            10,
            Optional.empty());
    Verdict verdict = Verdict.of(figures, new Verdict.Capacity(1_000_000, 0));
    new BenchRecords(Workspace.of(model).bench())
        .keep(
            new BenchRecords.Entry(
                base.toString(), BaseFingerprint.of(base), machine, verdict, figures));
  }

  private ModelConfig load(Path baseModel) {
    return ConfigLoader.load(
            Path.of("../configs/smoke"),
            List.of("base_model=" + baseModel, "output_dir=" + folder.resolve("artifacts")),
            "sft")
        .model();
  }
}
