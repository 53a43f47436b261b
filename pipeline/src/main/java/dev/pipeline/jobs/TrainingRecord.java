package dev.pipeline.jobs;

import dev.pipeline.config.DpoConfig;
import dev.pipeline.config.PipelineConfig;
import dev.pipeline.data.prefer.assemble.PreferenceManifest;
import dev.pipeline.data.prefer.assemble.PreferenceWriter;
import dev.pipeline.release.PreferenceTraining;
import dev.pipeline.release.Training;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;

/** How the model at the end of a road was trained, for those who keep records of it. */
final class TrainingRecord {
  private TrainingRecord() {}

  static Training of(RunContext run, Road road) {
    return new Training(
        trainers(run.config(), road),
        run.digest(road.trainer(), SftJob.ADAPTER),
        road == Road.DPO ? preferences(run) : null);
  }

  /** The trainings of a road one after the other, such as SFT, then DPO. */
  static String trainers(PipelineConfig config, Road road) {
    return road.trainers().stream()
        .map(trainer -> label(config, trainer))
        .collect(Collectors.joining(", then "));
  }

  /** What people call a model after that training. */
  static String label(PipelineConfig config, String trainer) {
    return trainer.equals("dpo") ? config.dpo().lossName() : trainer.toUpperCase(Locale.ROOT);
  }

  private static PreferenceTraining preferences(RunContext run) {
    DpoConfig config = run.config().dpo();
    PreferenceManifest pairs =
        PreferenceWriter.manifest(run.output("preferences", PreferencesJob.DATASET));
    Path trained = RunFiles.folderOf(run.output("dpo", DpoJob.ADAPTER));
    PairReport heldOut = RunFiles.read(trained.resolve(DpoJob.HELD_OUT), PairReport.class);
    return new PreferenceTraining(
        config.lossName(),
        config.beta(),
        config.optimizer().learningRate(),
        run.digest("sft", SftJob.ADAPTER),
        pairs.name(),
        pairs.version(),
        pairs.counts(),
        heldOut.accuracy(),
        heldOut.pairs());
  }
}
