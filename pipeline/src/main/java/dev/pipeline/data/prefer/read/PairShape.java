package dev.pipeline.data.prefer.read;

import dev.pipeline.data.prefer.RawPair;
import dev.pipeline.data.read.Fields;
import dev.pipeline.data.read.RawLine;
import java.util.List;

/** One way in which a preference is written down as a JSON object. */
interface PairShape {
  /** Whether the object has this shape's own key. */
  boolean recognises(Fields fields);

  /**
   * The pairs in it, none when it prefers nothing; throws {@link
   * dev.pipeline.data.read.MalformedLine} naming the key that is wrong.
   */
  List<RawPair> read(Fields fields, RawLine line);
}
