package dev.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.jobs.ExecutionView;
import dev.pipeline.jobs.ExecutionView.StepView;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExecutionTableTest {
  private static final String KEY = "0123456789abcdef";

  @Test
  void columnsStandUnderTheirHeads() {
    assertThat(
            ExecutionTable.of(
                List.of(
                    view(12, "package", "running", null, null),
                    view(3, "sft", "failed", "2026-01-01T10:05:00", "the loss is not a number"))))
        .isEqualTo(
            """
            id    job                state     key               started              ended
            12    package after DPO  running   0123456789abcdef  2026-01-01T10:00:00  -
            3     sft                failed    0123456789abcdef  2026-01-01T10:00:00  2026-01-01T10:05:00
            """);
  }

  @Test
  void oneExecutionTellsHowItWasStartedItsStepsAndWhyItFailed() {
    assertThat(
            ExecutionTable.of(
                view(3, "sft", "failed", "2026-01-01T10:05:00", "the loss is not a number")))
        .endsWith(
            """
            config configs/demo num_epochs=2
              rows           done      read 48, written 47
              train          failed
            error the loss is not a number
            """);
  }

  @Test
  void whatRunsTellsHowFarItIs() {
    assertThat(ExecutionTable.of(view(12, "sft", "running", null, null)))
        .endsWith("\nat step 3 of 584\n");
  }

  private static ExecutionView view(
      long id, String job, String state, @Nullable String ended, @Nullable String error) {
    return new ExecutionView(
        id,
        job,
        job.equals("package") ? "DPO" : null,
        KEY,
        state,
        "2026-01-01T10:00:00",
        ended,
        "configs/demo",
        List.of("num_epochs=2"),
        List.of(new StepView("rows", "done", 48, 47), new StepView("train", "failed", 0, 0)),
        ended == null ? "step 3 of 584" : null,
        error);
  }
}
