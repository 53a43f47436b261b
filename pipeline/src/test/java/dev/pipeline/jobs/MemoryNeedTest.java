package dev.pipeline.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pipeline.config.ConfigLoader;
import dev.pipeline.config.PipelineConfig;
import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import dev.pipeline.model.MemoryEstimate;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The shipped small model with steps that are large for it. */
class MemoryNeedTest {
  private static final OptionalLong PLENTY = OptionalLong.of(1L << 50);

  @Test
  void aRunWithinItsLimitPasses() {
    assertThat(require(config("memory_limit=100 GB"), PLENTY)).startsWith("sft takes about ");
  }

  @Test
  void aRunAboveItsLimitIsRefusedByPart() {
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> require(config("memory_limit=1200 MB"), PLENTY))
        .withMessageContaining("activations ")
        .withMessageContaining("; memory_limit is 1.20 GB")
        .satisfies(refusal -> assertThat(refusal.exitCode()).isEqualTo(ExitCode.USAGE));
  }

  @Test
  void aRunAboveTheMachineIsRefusedWithoutALimit() {
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> require(config(), OptionalLong.of(1_200_000_000L)))
        .withMessageContaining("this machine has 1.20 GB")
        .satisfies(refusal -> assertThat(refusal.exitCode()).isEqualTo(ExitCode.INFRASTRUCTURE));
    assertThat(require(config("device=cuda"), OptionalLong.empty())).startsWith("sft takes about ");
  }

  @Test
  void everyFigureInTheAdviceIsWhatTheEstimateSaysOfThatSetting() {
    String advice = MemoryAdvice.of(config()).within(1_200_000_000L);
    assertThat(advice).contains("micro_batch_size", "gradient_checkpointing", "sequence_len");
    assertThat(advice).as("the base is small").doesNotContain("load_in_4bit");
    Matcher each = Pattern.compile("(\\w+\\.\\w+: [^(]+) \\((\\d+\\.\\d+) GB\\)").matcher(advice);
    while (each.find()) {
      String[] settings =
          Pattern.compile(" with ")
              .splitAsStream(each.group(1))
              .map(setting -> setting.replace(": ", "="))
              .toArray(String[]::new);
      MemoryEstimate estimate = Estimates.of(config(settings));
      assertThat(estimate.total()).as(each.group()).isLessThanOrEqualTo(1_200_000_000L);
      assertThat("%.2f".formatted(estimate.total() / 1e9)).isEqualTo(each.group(2));
    }
  }

  @Test
  void anOptimiserStepSeesAsManyRowsAsBefore() {
    Matcher rows =
        Pattern.compile("micro_batch_size: (\\d+) with sft.gradient_accumulation_steps: (\\d+)")
            .matcher(MemoryAdvice.of(config()).within(1_200_000_000L));
    assertThat(rows.find()).isTrue();
    assertThat(Integer.parseInt(rows.group(1)) * Integer.parseInt(rows.group(2))).isEqualTo(32);
  }

  @Test
  void whatFitsOnlyTogetherIsSaidTogether() {
    assertThat(MemoryAdvice.of(config()).within(560_000_000L))
        .contains("micro_batch_size: 1", ", sft.gradient_checkpointing: true", " GB)");
    assertThat(MemoryAdvice.of(config()).within(1_000_000L))
        .startsWith("even sft.micro_batch_size: 1 ")
        .contains("load_in_4bit: true", "sequence_len: 16", "take a smaller base model");
  }

  @Test
  void aRunThatTookMoreThanEstimatedIsAdvisedAccordingly() {
    long estimate = Estimates.of(config()).total();
    String known = MemoryAdvice.of(config()).after(estimate + 400_000_000L, estimate);
    assertThat(known).isEqualTo(MemoryAdvice.of(config()).within(estimate - 400_000_000L));
    assertThat(MemoryAdvice.of(config()).after(0, Long.MAX_VALUE))
        .isEqualTo(MemoryAdvice.of(config()).within(estimate - estimate / 4));
  }

  @Test
  void pairsAreTwoSequencesOfTheirOwnLength() {
    // The same tokens and no dropout; what sft is set to does not matter.
    long rows =
        Estimates.of(config("sequence_len=64", "micro_batch_size=8", "lora_dropout=0")).total();
    String[] pairs = {"dpo.sequence_len=64", "dpo.micro_batch_size=4"};
    assertThat(Estimates.dpo(config(pairs)).total()).isEqualTo(rows);
    assertThat(Estimates.dpo(config("dpo.sequence_len=64", "dpo.micro_batch_size=8")).total())
        .isGreaterThan(rows);
  }

  @Test
  void onlyAnAdapterThatTakesTurnsIsASecondOne() {
    MemoryEstimate cached = Estimates.dpo(config());
    MemoryEstimate turns = Estimates.dpo(config("precompute_ref_log_probs=false"));
    assertThat(turns.total() - cached.total()).isEqualTo(4 * cached.trainable());
  }

  @Test
  void whatDoesNotFitIsAdvisedByItsOwnSettings() {
    PipelineConfig config = config("micro_batch_size=1", "dpo.micro_batch_size=16");
    List<MemoryAdvice> both = List.of(MemoryAdvice.of(config), MemoryAdvice.dpo(config));
    assertThat(MemoryNeed.require(config.model(), both, PLENTY))
        .matches("sft takes about \\S+ GB, dpo takes about \\S+ GB");
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> MemoryNeed.require(config.model(), both, OptionalLong.of(1_200_000_000L)))
        .withMessageStartingWith("dpo takes about ")
        .satisfies(
            refusal ->
                assertThat(refusal.fix())
                    .contains(
                        "dpo.micro_batch_size: 4 with dpo.gradient_accumulation_steps: 8 (",
                        "dpo.sequence_len: 128 ("));
  }

  private static String require(PipelineConfig config, OptionalLong available) {
    return MemoryNeed.require(config.model(), List.of(MemoryAdvice.of(config)), available);
  }

  private static PipelineConfig config(String... settings) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "base_model=../artifacts/base",
                "model_registry=../configs/models",
                "device=cpu",
                "sequence_len=512",
                "micro_batch_size=16",
                "gradient_accumulation_steps=2",
                "gradient_checkpointing=false"));
    all.addAll(List.of(settings));
    return ConfigLoader.load(Path.of("../configs/demo"), all, "sft");
  }
}
