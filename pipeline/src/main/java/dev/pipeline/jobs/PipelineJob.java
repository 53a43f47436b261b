package dev.pipeline.jobs;

import dev.pipeline.config.PipelineConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.batch.core.step.Step;

/**
 * One job: what it depends on, its steps, and what it leaves behind. Its key covers {@link
 * #settings}, {@link #reads}, the outputs of the jobs it {@link #needs}, and the code.
 */
interface PipelineJob {
  /** The name on the command line. */
  String name();

  /** The road it stands on; empty where it is the same job on every road. */
  default Optional<Road> road() {
    return Optional.empty();
  }

  /** The name, with the training it follows where jobs of that name follow several. */
  default String title() {
    return road().map(road -> name() + " after " + road).orElse(name());
  }

  /** The jobs whose outputs this one reads. */
  List<String> needs();

  /** The settings that decide the outcome. */
  List<Record> settings(PipelineConfig config);

  /** Files and folders it reads besides, by name. */
  Map<String, Path> reads(PipelineConfig config);

  /** Its steps in order; each may be killed at any point and is run again until it completes. */
  List<Step> steps(JobSteps steps, RunContext run);

  /**
   * Whether what a finished run left where the manifest does not look, such as a store, is still
   * there. If not, the job runs again.
   */
  default boolean stands(PipelineConfig config, Path folder) {
    return true;
  }

  /** Whether a decision to publish what the gate refused makes this another run. */
  default boolean heedsOverride() {
    return false;
  }

  /** What those who follow runs hear at the end of one; empty for a job that nobody follows. */
  default Optional<Tracked> tracked() {
    return Optional.empty();
  }

  /** What the completed steps left behind. */
  Outcome outcome(RunContext run);
}
