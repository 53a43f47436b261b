package dev.pipeline.schedule.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What scontrol of Slurm 22.05 says, shortened. */
class SlurmJobTest {
  private static final String WORDS =
      "JobId=4 JobName=pipeline-x Requeue=1 Restarts=1 JobState=%s Reason=None Dependency=(null)"
          + " DerivedExitCode=0:0 ExitCode=%s RunTime=00:00:09";

  @ParameterizedTest
  @CsvSource({
    "COMPLETED, 0:0, 0",
    "FAILED, 4:0, 4",
    "FAILED, 130:0, 130",
    "FAILED, 0:9, 3",
    "CANCELLED, 0:0, 130",
    "CANCELLED, 130:0, 130",
    "NODE_FAIL, 0:0, 3",
    "OUT_OF_MEMORY, 0:125, 3",
    "TIMEOUT, 0:0, 3"
  })
  void anEndedJobHasTheExitCodeOfItsRun(String state, String code, int expected) {
    assertThat(SlurmJob.of(WORDS.formatted(state, code)).orElseThrow().end())
        .isEqualTo(OptionalInt.of(expected));
  }

  @ParameterizedTest
  @CsvSource({"PENDING", "RUNNING", "COMPLETING", "REQUEUED", "SUSPENDED", "CONFIGURING"})
  void anyOtherGoesOn(String state) {
    assertThat(SlurmJob.of(WORDS.formatted(state, "0:0")).orElseThrow().end()).isEmpty();
  }

  @Test
  void otherWordsTellOfNoJob() {
    assertThat(SlurmJob.of("slurm_load_jobs error: Unable to contact slurm controller")).isEmpty();
  }
}
