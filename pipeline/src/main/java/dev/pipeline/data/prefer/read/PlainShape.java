package dev.pipeline.data.prefer.read;

import dev.pipeline.data.Source;
import dev.pipeline.data.prefer.Origin;
import dev.pipeline.data.prefer.PreferencePair;
import dev.pipeline.data.prefer.RawPair;
import dev.pipeline.data.read.Fields;
import dev.pipeline.data.read.RawLine;
import java.util.List;

/** {@code {"prompt","chosen","rejected"}}, as other tools write it; the rest may be missing. */
final class PlainShape implements PairShape {
  @Override
  public boolean recognises(Fields fields) {
    return fields.has("prompt") || fields.has("chosen") || fields.has("rejected");
  }

  @Override
  public List<RawPair> read(Fields fields, RawLine line) {
    String id = fields.has("id") ? fields.text("id") : line.file() + ":" + line.number();
    PreferencePair pair =
        new PreferencePair(
            id,
            fields.textOrEmpty("family"),
            fields.text("prompt"),
            fields.textOrEmpty("context"),
            fields.text("chosen"),
            fields.text("rejected"),
            fields.textOrEmpty("rationale"),
            fields.textOrEmpty("failure_mode"),
            new Source(line.file(), line.number(), id, 1));
    return List.of(RawPair.synthetic(pair, origin(fields)));
  }

  private static Origin origin(Fields fields) {
    String word = fields.has("origin") ? fields.text("origin") : Origin.PAIR.word();
    return Origin.of(word).orElseThrow(() -> fields.wrong("origin", "one of " + Origin.words()));
  }
}
