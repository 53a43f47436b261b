package dev.pipeline.jobs;

import dev.pipeline.config.CurateConfig;
import dev.pipeline.config.PipelineConfig;
import dev.pipeline.data.JsonLines;
import dev.pipeline.data.Rejected;
import dev.pipeline.data.mine.MineOutcome;
import dev.pipeline.data.mine.MinedItem;
import dev.pipeline.data.mine.Miner;
import dev.pipeline.data.read.RawLine;
import dev.pipeline.data.read.RawLines;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.batch.core.step.Step;

/** Conversations become {instruction, context, ideal_answer} rows, not yet redacted. */
final class MineJob implements PipelineJob {
  static final String MINED = "mined.jsonl";
  static final String REJECTED = "rejected.jsonl";

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
    CurateConfig curate = run.config().curate();
    Miner miner = new Miner(Set.copyOf(curate.personas()));
    List<RawLine> lines = new ArrayList<>();
    RawLines.forEach(RawFiles.conversations(run.config()), lines::add);
    return List.of(
        steps.chunks(
            "conversations",
            curate.chunkSize(),
            new CountingReader<>(lines::iterator, lines.size(), "conversations", run.progress()),
            line -> lines(miner.mine(line)),
            new LinesWriter(run.folder(), MINED, REJECTED)));
  }

  @Override
  public Outcome outcome(RunContext run) {
    Path mined = run.folder().resolve(MINED);
    Path rejected = run.folder().resolve(REJECTED);
    int rows = JsonLines.read(mined, MinedItem.class).size();
    int lines = JsonLines.read(rejected, Rejected.class).size();
    return new Outcome(
        rows + " rows, " + lines + " lines set aside -> " + mined,
        Map.of("mined", mined, "rejected", rejected));
  }

  private static List<Line> lines(MineOutcome outcome) {
    return Stream.concat(
            outcome.mined().stream().map(item -> new Line(MINED, item)),
            outcome.rejected().stream().map(rejected -> new Line(REJECTED, rejected)))
        .toList();
  }
}
