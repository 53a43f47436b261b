package dev.pipeline.jobs;

import dev.pipeline.data.Cursor;
import dev.pipeline.data.mine.MineOutcome;
import dev.pipeline.data.mine.Miner;
import dev.pipeline.data.read.RawLine;
import dev.pipeline.data.read.RawLines;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Raw lines become mined rows. */
record MineRows(Miner miner) implements Rows<RawLine> {
  static final String MINED = "mined.jsonl";
  static final String REJECTED = "rejected.jsonl";

  @Override
  public Cursor<RawLine> open(Path file, long offset, int lines) {
    return RawLines.open(file, offset, lines);
  }

  @Override
  public List<Line> work(RawLine row) {
    MineOutcome outcome = miner.mine(row);
    return Stream.concat(
            outcome.mined().stream().map(item -> new Line(MINED, item)),
            outcome.rejected().stream().map(rejected -> new Line(REJECTED, rejected)))
        .toList();
  }
}
