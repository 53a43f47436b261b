package dev.pipeline.data.curate;

import dev.pipeline.data.Rejected;
import dev.pipeline.data.lint.TokenCounter;
import dev.pipeline.data.mine.MineOutcome;
import dev.pipeline.data.mine.MinedItem;
import dev.pipeline.data.mine.Miner;
import dev.pipeline.data.read.RawLines;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The whole way from raw files to a dataset version in one call. A job that must survive a crash
 * calls the same parts in chunks: {@link Miner#mine}, {@link Curator#curate}, {@link
 * Dataset#assemble}, {@link DatasetWriter#write}; what passes between them is JSON.
 */
public final class Curation {
  private Curation() {}

  /**
   * Mines, curates and writes.
   *
   * @param raw folder of raw .jsonl files
   * @param curated folder that holds dataset versions
   */
  public static DatasetWriter.Written run(
      Path raw, Path curated, CurationSettings settings, TokenCounter tokens) {
    return DatasetWriter.write(curated, assemble(raw, settings, tokens), settings);
  }

  /** Mines and curates without writing. */
  public static Dataset assemble(Path raw, CurationSettings settings, TokenCounter tokens) {
    List<Path> files = RawLines.files(raw);
    Miner miner = new Miner(settings.personas());
    Curator curator = new Curator(settings, tokens);
    List<Accepted> accepted = new ArrayList<>();
    List<Rejected> rejected = new ArrayList<>();
    RawLines.forEach(
        files,
        line -> {
          MineOutcome outcome = miner.mine(line);
          rejected.addAll(outcome.rejected());
          for (MinedItem item : outcome.mined()) {
            CurateOutcome verdict = curator.curate(item);
            if (verdict instanceof CurateOutcome.Kept kept) {
              accepted.add(kept.accepted());
            } else {
              rejected.add(((CurateOutcome.Dropped) verdict).rejected());
            }
          }
        });
    return Dataset.assemble(InputFile.of(files), accepted, rejected, settings);
  }
}
