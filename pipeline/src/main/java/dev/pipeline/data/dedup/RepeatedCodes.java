package dev.pipeline.data.dedup;

import dev.pipeline.data.Rejected;
import dev.pipeline.data.Sample;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds rows that are worded differently and share a code in what is learnt, the answer: what
 * redaction has no rule for and near-duplicate search cannot see. All of them go, the first as
 * well, for a small model remembers a code that it meets in one row (docs/benchmarks.md). Within
 * one conversation a code may return, as an order number does.
 */
public final class RepeatedCodes {
  /** Reason code of a row whose answer has a code that another conversation's answers have, too. */
  public static final String REPEATED_CODE = "repeated-code";

  private final Map<String, Set<String>> conversations = new HashMap<>();

  private RepeatedCodes() {}

  /** Learns which conversations of {@code samples} have which codes. */
  public static RepeatedCodes among(List<Sample> samples) {
    RepeatedCodes codes = new RepeatedCodes();
    for (Sample sample : samples) {
      for (String code : Codes.in(sample.idealAnswer())) {
        codes
            .conversations
            .computeIfAbsent(code, any -> new HashSet<>())
            .add(sample.source().conversation());
      }
    }
    return codes;
  }

  /** Why {@code sample} must go, or empty when it shares no code. */
  public Optional<Rejected> check(Sample sample) {
    // The code itself is not repeated: details are written to reports.
    return Codes.in(sample.idealAnswer()).stream()
        .map(code -> conversations.getOrDefault(code, Set.of()).size())
        .filter(sharing -> sharing > 1)
        .findFirst()
        .map(
            sharing ->
                Rejected.row(
                    REPEATED_CODE, "has a code that " + sharing + " conversations share", sample));
  }
}
