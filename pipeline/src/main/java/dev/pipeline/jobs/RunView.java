package dev.pipeline.jobs;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One run of a job, as pages show it: the newest of its executions, and what lies in its folder.
 *
 * @param name of its folder, or the month of a retraining
 * @param job the job's name
 * @param after the training whose model it works on, such as DPO; absent before any
 * @param state running, stopping, stopped, failed, done, or killed when its process is gone
 * @param execution number that {@code jobs stop} and {@code restart} take; absent where the store
 *     forgot
 * @param started local time; absent where the store forgot
 * @param ended absent while it runs
 * @param summary what it made, once it is done
 * @param error why it failed
 * @param pace how far a training is
 * @param config that it was started with
 * @param overrides settings from its command line
 * @param steps its steps in order
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunView(
    String name,
    String job,
    @Nullable String after,
    String state,
    @Nullable Long execution,
    @Nullable String started,
    @Nullable String ended,
    @Nullable String summary,
    @Nullable String error,
    @Nullable TrainingPace pace,
    @Nullable String config,
    List<String> overrides,
    List<ExecutionView.StepView> steps) {
  /** Copies the lists. */
  public RunView {
    overrides = List.copyOf(overrides);
    steps = List.copyOf(steps);
  }

  /** Whether a process works on it. */
  public boolean live() {
    return state.equals("running") || state.equals("stopping");
  }
}
