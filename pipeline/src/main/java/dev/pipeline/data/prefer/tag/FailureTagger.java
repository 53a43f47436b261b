package dev.pipeline.data.prefer.tag;

import dev.pipeline.data.prefer.FailureMode;
import java.util.List;
import java.util.Optional;

/** Names the failure of an answer: that of the first rule that finds one, the gravest first. */
public final class FailureTagger {
  /** Version of the rules, part of every dataset's identity. */
  public static final String VERSION = "tags-1";

  private static final List<FailureRule> RULES =
      List.of(
          new LeaksInternalsTag(),
          new UngroundedNumberTag(),
          new GreetingTag(),
          new SeveralSuggestionsTag(),
          new RoboticTag(),
          new VerboseTag(),
          new IgnoresAskTag(),
          new ColdTag());

  private FailureTagger() {}

  /** A failure and what was seen of it. */
  public record Tag(FailureMode mode, String seen) {}

  /** The failure of {@code candidate}'s answer; empty when no rule finds one. */
  public static Optional<Tag> tag(Candidate candidate) {
    return RULES.stream()
        .flatMap(rule -> rule.check(candidate).map(seen -> new Tag(rule.mode(), seen)).stream())
        .findFirst();
  }
}
