package dev.pipeline.schedule.launch;

import dev.pipeline.io.ExitCode;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code scontrol show job --oneliner} says of a job, scontrol(1).
 *
 * @param state such as RUNNING
 * @param status exit status of its script
 */
record SlurmJob(String state, int status) {
  private static final Pattern STATE = Pattern.compile("(?:^|\\s)JobState=(\\S+)");

  /** The status, and the signal that ended the script. */
  private static final Pattern STATUS = Pattern.compile("\\sExitCode=([0-9]+):[0-9]+");

  /** Any other is on its way to one of these. */
  private static final Set<String> ENDS =
      Set.of(
          "BOOT_FAIL",
          "CANCELLED",
          "COMPLETED",
          "DEADLINE",
          "FAILED",
          "NODE_FAIL",
          "OUT_OF_MEMORY",
          "PREEMPTED",
          "REVOKED",
          "TIMEOUT");

  /** The job in {@code words}, unless they tell of none. */
  static Optional<SlurmJob> of(String words) {
    Matcher state = STATE.matcher(words);
    Matcher status = STATUS.matcher(words);
    return state.find() && status.find()
        ? Optional.of(new SlurmJob(state.group(1), Integer.parseInt(status.group(1))))
        : Optional.empty();
  }

  /** The run's exit code, once the job has ended. */
  OptionalInt end() {
    if (!ENDS.contains(state)) {
      return OptionalInt.empty();
    }
    if (state.equals("COMPLETED") || status > 0) {
      return OptionalInt.of(status);
    }
    return OptionalInt.of(
        (state.equals("CANCELLED") ? ExitCode.INTERRUPTED : ExitCode.INFRASTRUCTURE).status());
  }

  /** The state in people's words. */
  String word() {
    return state.toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
