package dev.pipeline.data.curate;

import dev.pipeline.data.Turn;
import dev.pipeline.data.lint.StyleRules;
import dev.pipeline.data.mine.Miner;
import dev.pipeline.data.redact.RedactionSession;
import java.util.stream.Collectors;

/** Redacts what stands before a message: round, sentiment, asks and earlier turns. */
public final class ContextRedaction {
  private ContextRedaction() {}

  /** Earlier turns come first, for entities are numbered in the order in which they were said. */
  public static String of(RedactionSession session, String context) {
    int earlier = context.indexOf("\n" + Miner.EARLIER);
    if (earlier < 0) {
      return session.redact(context);
    }
    String said = session.redact(context.substring(earlier));
    return session.redact(context.substring(0, earlier)) + withoutInternals(said);
  }

  /** A buyer's earlier slip must not be read either. */
  private static String withoutInternals(String said) {
    return said.lines()
        .filter(
            line ->
                !line.startsWith(Turn.Speaker.BUYER.label() + ": ")
                    || !StyleRules.mentionsInternals(line))
        .collect(Collectors.joining("\n"));
  }
}
