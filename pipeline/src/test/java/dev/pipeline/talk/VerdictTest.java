package dev.pipeline.talk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.pipeline.io.Progress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTest {
  private static final Verdict.Capacity MACHINE = new Verdict.Capacity(1000, 0);

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "10,too slow,false",
    "10.1,acceptable,true",
    "20,acceptable,true",
    "20.5,good,true",
    "30,good,true",
    "31,great,true",
    "0,too slow,false"
  })
  void gradesBySpeed(double speed, String grade, boolean passed) {
    Verdict verdict =
        Verdict.of(figures("Q4_K - Medium", speed, new Footprint(499, 0), 10), MACHINE);
    assertThat(verdict.grade()).isEqualTo(grade);
    assertThat(verdict.passed()).isEqualTo(passed);
  }

  @ParameterizedTest
  @CsvSource({
    "Q4_K - Medium,true",
    "Q4_K_M,true",
    "NF4,true",
    "IQ4_XS - 4.25 bpw,true",
    "Q4_0,true",
    "F16,false",
    "Q8_0,false",
    "float32,false",
    "'',false"
  })
  void fourBitsAreWanted(String weights, boolean met) {
    Verdict verdict = Verdict.of(figures(weights, 50, new Footprint(10, 0), 10), MACHINE);
    assertThat(criterion(verdict, "4-bit").met()).isEqualTo(met);
    assertThat(verdict.passed()).isEqualTo(met);
  }

  @Test
  void lessThanHalfOfTheMemoryIsWanted() {
    assertThat(memory(new Footprint(500, 0), MACHINE).met()).isFalse();
    assertThat(memory(new Footprint(499, 0), MACHINE).met()).isTrue();
    // What lies on a GPU is held against the GPU's.
    assertThat(memory(new Footprint(900, 40), new Verdict.Capacity(1000, 100)).met()).isTrue();
    assertThat(memory(new Footprint(100, 50), new Verdict.Capacity(1000, 100)).met()).isFalse();
    // Nothing measured is nothing shown.
    assertThat(memory(new Footprint(0, 0), MACHINE).met()).isFalse();
  }

  @Test
  void tenTurnsAreWanted() {
    assertThat(turns(9, 9).met()).isFalse();
    assertThat(turns(10, 10).met()).isTrue();
    assertThat(turns(10, 12).met()).isFalse();
  }

  @Test
  void measuresMediansAndTenTurns() {
    Scripted speaker = new Scripted(1000);
    Figures figures = bench(speaker);
    assertThat(figures.turns()).isEqualTo(10);
    assertThat(figures.rounds()).isEqualTo(3);
    assertThat(figures.tokensPerSecond()).isCloseTo(20, offset(1e-9));
    assertThat(figures.promptTokensPerSecond()).isCloseTo(4, offset(1e-9));
    assertThat(figures.firstTokenSeconds()).isCloseTo(1, offset(1e-9));
    // Three rounds, then turns that send what was said before.
    assertThat(speaker.heard).hasSize(13);
    assertThat(speaker.heard.get(12)).hasSizeGreaterThan(9);
  }

  @Test
  void aModelThatDiesIsAResult() {
    Figures figures = bench(new Scripted(1000, 1, 6));
    assertThat(figures.turns()).isEqualTo(2);
    assertThat(figures.brokeWith()).contains("the process died");
    Verdict verdict = Verdict.of(figures, MACHINE);
    assertThat(verdict.passed()).isFalse();
    assertThat(criterion(verdict, "turns").found())
        .isEqualTo("2 of 10 turns, then: the process died");
  }

  @Test
  void theMedianOfAnEvenNumberLiesBetween() {
    List<Reply.Timings> rounds =
        List.of(new Reply.Timings(1, 1, 1, 1, 10), new Reply.Timings(1, 1, 1, 1, 20));
    assertThat(Bench.median(rounds, Reply.Timings::tokensPerSecond)).isEqualTo(15);
    assertThat(Bench.median(List.of(), Reply.Timings::tokensPerSecond)).isZero();
  }

  @Test
  void whatWasFoundIsFoundAgainForThatBaseAndMachineAlone() {
    BenchRecords records = new BenchRecords(folder.resolve(".bench"));
    assertThat(records.find("digest", "machine")).isEmpty();
    Figures figures = figures("Q4_K - Medium", 50, new Footprint(10, 0), 10);
    BenchRecords.Entry entry =
        new BenchRecords.Entry("base", "digest", "machine", Verdict.of(figures, MACHINE), figures);
    records.keep(entry);
    assertThat(records.find("digest", "machine")).contains(entry);
    assertThat(records.find("other", "machine")).isEmpty();
    assertThat(records.find("digest", "other")).isEmpty();
  }

  private static Figures bench(Speaker speaker) {
    return new Bench(
            "be brief", new Bench.Plan(3, 10, 8), Progress.SILENT, new StopButton(), () -> 0)
        .measure(() -> speaker);
  }

  private static Verdict.Criterion memory(Footprint footprint, Verdict.Capacity capacity) {
    return criterion(Verdict.of(figures("NF4", 50, footprint, 10), capacity), "memory");
  }

  private static Verdict.Criterion turns(int done, int asked) {
    Figures figures =
        new Figures("m", "NF4", 1, 1, 1, 50, new Footprint(1, 0), 1, done, asked, Optional.empty());
    return criterion(Verdict.of(figures, MACHINE), "turns");
  }

  private static Figures figures(String weights, double speed, Footprint memory, int turns) {
    return new Figures("m", weights, 1, 1, 1, speed, memory, 5, turns, turns, Optional.empty());
  }

  private static Verdict.Criterion criterion(Verdict verdict, String name) {
    return verdict.criteria().stream()
        .filter(criterion -> criterion.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
