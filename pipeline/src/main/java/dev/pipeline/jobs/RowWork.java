package dev.pipeline.jobs;

import dev.pipeline.chat.Tokenizer;
import dev.pipeline.data.curate.CurationSettings;
import dev.pipeline.data.curate.Curator;
import dev.pipeline.data.mine.Miner;
import java.nio.file.Path;
import java.util.List;

/**
 * All that a process must know to work on rows, so that another one can do it just as well.
 *
 * @param kind what is done to them
 * @param code version of the code that does it
 * @param files where the rows stand, absolute
 * @param settings what decides the outcome
 * @param tokenizer counts tokens; absolute
 */
record RowWork(
    Kind kind, String code, List<Path> files, CurationSettings settings, Path tokenizer) {
  /** Makes the paths hold for processes that run elsewhere. */
  RowWork {
    files = files.stream().map(file -> file.toAbsolutePath().normalize()).toList();
    tokenizer = tokenizer.toAbsolutePath().normalize();
  }

  /** What is done. */
  enum Kind {
    /** Raw lines become mined rows. */
    MINE("conversations", MineRows.MINED, MineRows.REJECTED),
    /** Mined rows are redacted and judged. */
    CURATE("rows", CurateRows.ACCEPTED, CurateRows.REJECTED);

    private final String unit;
    private final String taken;
    private final String left;

    Kind(String unit, String taken, String left) {
      this.unit = unit;
      this.taken = taken;
      this.left = left;
    }

    /** What the rows are called; also the step's name. */
    String unit() {
      return unit;
    }

    /** The files that come of it. */
    List<String> outputs() {
      return List.of(taken, left);
    }
  }

  /** The work itself, with its word lists and its tokenizer read. */
  Rows<?> open() {
    return switch (kind) {
      case MINE -> new MineRows(new Miner(settings.personas()));
      case CURATE -> new CurateRows(new Curator(settings, Tokenizer.open(tokenizer)::count));
    };
  }
}
