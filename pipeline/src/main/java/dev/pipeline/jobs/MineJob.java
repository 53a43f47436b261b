package dev.pipeline.jobs;

import dev.pipeline.config.PipelineConfig;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.batch.core.step.Step;

/** Conversations become {instruction, context, ideal_answer} rows, not yet redacted. */
final class MineJob implements PipelineJob {
  @Override
  public String name() {
    return "mine";
  }

  @Override
  public List<String> needs() {
    return List.of();
  }

  @Override
  public List<Record> settings(PipelineConfig config) {
    // The curate settings carry the personas, whose names are nobody's.
    return List.of(config.mine(), config.curate());
  }

  @Override
  public Map<String, Path> reads(PipelineConfig config) {
    Map<String, Path> files = new LinkedHashMap<>();
    RawFiles.conversations(config)
        .forEach(file -> files.put(String.valueOf(file.getFileName()), file));
    return files;
  }

  @Override
  public List<Step> steps(JobSteps steps, RunContext run) {
    RowWork work =
        new RowWork(
            RowWork.Kind.MINE,
            CodeVersion.current(),
            RawFiles.conversations(run.config()),
            CurateJob.curationSettings(run.config()),
            CurateJob.tokenizer(run.config()));
    return steps.rows(run, work, run.config().curate().chunkSize());
  }

  @Override
  public Outcome outcome(RunContext run) {
    Path mined = run.folder().resolve(MineRows.MINED);
    Path rejected = run.folder().resolve(MineRows.REJECTED);
    long rows = Place.whole(List.of(mined)).rows();
    long lines = Place.whole(List.of(rejected)).rows();
    return new Outcome(
        rows + " rows, " + lines + " lines set aside -> " + mined,
        Map.of("mined", mined, "rejected", rejected));
  }
}
