package dev.pipeline.data.curate;

import dev.pipeline.data.Approval;
import dev.pipeline.data.Rejected;
import dev.pipeline.data.Sample;
import dev.pipeline.data.lint.Finding;
import dev.pipeline.data.lint.StyleRules;
import dev.pipeline.data.lint.TokenCounter;
import dev.pipeline.data.mine.MinedItem;
import dev.pipeline.data.mine.StyleNormaliser;
import dev.pipeline.data.redact.RedactionSession;
import dev.pipeline.data.redact.Redactors;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Judges one mined row: strips greetings, redacts, asks for the review, applies the style rules.
 * Pure, so that a chunk of rows can be curated again after a crash with the same result. A rejected
 * row is redacted all the same.
 */
public final class Curator {
  /** Reason code of a row that a reviewer rejected. */
  public static final String REVIEWER = "rejected-by-reviewer";

  /** Reason code of a row that nobody has reviewed, where a review is required. */
  public static final String PENDING = "review-pending";

  /** Reason code of a row whose supplier says nothing. */
  public static final String NO_INSTRUCTION = "empty-instruction";

  private final boolean acceptPending;
  private final Redactors redactors;
  private final StyleRules style;
  private final TokenCounter tokens;

  /** A curator for {@code settings}; {@code tokens} counts as the base model's tokenizer does. */
  public Curator(CurationSettings settings, TokenCounter tokens) {
    this.acceptPending = settings.acceptPending();
    this.redactors = settings.redact() ? Redactors.all(settings.personas()) : Redactors.none();
    this.style = settings.redact() ? StyleRules.standard() : StyleRules.unredacted();
    this.tokens = tokens;
  }

  /** The verdict on one row. */
  public CurateOutcome curate(MinedItem item) {
    RedactionSession session = new RedactionSession(redactors, item.identities());
    String context = ContextRedaction.of(session, item.sample().context());
    Map<String, Integer> inContext = session.counts();
    Sample row = redacted(item.sample(), context, session);
    Approval.State state = row.approval().state();
    if (state == Approval.State.REJECTED) {
      String reason = row.approval().reason();
      return dropped(REVIEWER, reason == null ? "no reason given" : reason, row);
    }
    if (state == Approval.State.PENDING && !acceptPending) {
      return dropped(PENDING, "accept_pending is false", row);
    }
    if (row.instruction().isBlank()) {
      return dropped(NO_INSTRUCTION, "the supplier's message is empty", row);
    }
    List<Finding> findings = style.check(row.idealAnswer(), tokens);
    if (!findings.isEmpty()) {
      String detail =
          findings.stream()
              .map(finding -> finding.rule() + ": " + finding.detail())
              .collect(Collectors.joining("; "));
      return dropped(findings.get(0).rule(), detail, row);
    }
    return new CurateOutcome.Kept(new Accepted(row, difference(session.counts(), inContext)));
  }

  /** {@code item} as it may be learnt, whatever the verdict on it. */
  public Sample redacted(MinedItem item) {
    RedactionSession session = new RedactionSession(redactors, item.identities());
    return redacted(item.sample(), ContextRedaction.of(session, item.sample().context()), session);
  }

  private static Sample redacted(Sample mined, String context, RedactionSession session) {
    return mined.withTexts(
        session.redact(StyleNormaliser.strip(mined.instruction())),
        context,
        session.redact(StyleNormaliser.strip(mined.idealAnswer())));
  }

  private static CurateOutcome dropped(String reason, String detail, Sample row) {
    return new CurateOutcome.Dropped(Rejected.row(reason, detail, row));
  }

  private static Map<String, Integer> difference(
      Map<String, Integer> all, Map<String, Integer> without) {
    Map<String, Integer> difference = new TreeMap<>();
    all.forEach(
        (kind, count) -> {
          int rest = count - without.getOrDefault(kind, 0);
          if (rest > 0) {
            difference.put(kind, rest);
          }
        });
    return difference;
  }
}
