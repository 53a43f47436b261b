package dev.pipeline.jobs;

import dev.pipeline.data.Cursor;
import dev.pipeline.data.JsonLines;
import dev.pipeline.data.curate.CurateOutcome;
import dev.pipeline.data.curate.Curator;
import dev.pipeline.data.mine.MinedItem;
import java.nio.file.Path;
import java.util.List;

/** Mined rows are redacted and judged. */
record CurateRows(Curator curator) implements Rows<MinedItem> {
  static final String ACCEPTED = "accepted.jsonl";
  static final String REJECTED = "rejected.jsonl";

  @Override
  public Cursor<MinedItem> open(Path file, long offset, int lines) {
    return JsonLines.open(file, offset, lines, MinedItem.class);
  }

  @Override
  public List<Line> work(MinedItem row) {
    CurateOutcome outcome = curator.curate(row);
    return List.of(
        outcome instanceof CurateOutcome.Kept kept
            ? new Line(ACCEPTED, kept.accepted())
            : new Line(REJECTED, ((CurateOutcome.Dropped) outcome).rejected()));
  }
}
