package dev.pipeline.data.prefer.assemble;

import dev.pipeline.data.curate.ContextRedaction;
import dev.pipeline.data.mine.StyleNormaliser;
import dev.pipeline.data.prefer.AcceptedPair;
import dev.pipeline.data.prefer.FailureMode;
import dev.pipeline.data.prefer.PairOutcome;
import dev.pipeline.data.prefer.PreferencePair;
import dev.pipeline.data.prefer.RawPair;
import dev.pipeline.data.prefer.RejectedPair;
import dev.pipeline.data.prefer.tag.Candidate;
import dev.pipeline.data.prefer.tag.FailureTagger;
import dev.pipeline.data.redact.Identities;
import dev.pipeline.data.redact.NameCollector;
import dev.pipeline.data.redact.RedactionSession;
import dev.pipeline.data.redact.Redactors;
import dev.pipeline.data.text.TemplateTokens;
import dev.pipeline.data.text.Words;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Judges one pair: redacts it, strips greetings, names the failure where nobody did. Pure, so that
 * a chunk of pairs can be curated again after a crash with the same result. A rejected pair is
 * redacted all the same.
 */
public final class PairCurator {
  /** Reason code of a pair that lacks a prompt or an answer. */
  public static final String EMPTY = "empty-text";

  /** Reason code of a pair that would forge or end a message. */
  public static final String CONTROL = "template-token";

  /** Reason code of an answer of which no rule can say what is wrong. */
  public static final String NO_FAILURE = "no-known-failure";

  private final Redactors redactors;
  private final NameCollector names;

  /** A curator that takes {@code personas} for no person's name. */
  public PairCurator(Set<String> personas) {
    this.redactors = Redactors.all(personas);
    this.names = new NameCollector(personas);
  }

  /** The verdict on one pair. */
  public PairOutcome curate(RawPair raw) {
    PreferencePair found = raw.pair();
    RedactionSession session = new RedactionSession(redactors, identities(raw));
    String context = ContextRedaction.of(session, found.context());
    String prompt = session.redact(StyleNormaliser.strip(found.prompt()));
    String chosen = session.redact(StyleNormaliser.strip(found.chosen()));
    String rejected = session.redact(found.rejected().strip());
    Optional<FailureTagger.Tag> tag =
        FailureTagger.tag(new Candidate(prompt, context, chosen, rejected));
    String mode =
        found.failureMode().isEmpty()
            ? tag.map(seen -> seen.mode().word()).orElse("")
            : found.failureMode();
    String rationale =
        found.rationale().isEmpty()
            ? tag.map(FailureTagger.Tag::seen).orElse("")
            : session.redact(found.rationale());
    PreferencePair pair =
        found.withTexts(prompt, context, chosen, withoutGreeting(rejected, mode), rationale, mode);
    return refused(pair, raw)
        .<PairOutcome>map(PairOutcome.Dropped::new)
        .orElseGet(
            () -> new PairOutcome.Kept(new AcceptedPair(pair, raw.origin(), session.counts())));
  }

  private Identities identities(RawPair raw) {
    PreferencePair pair = raw.pair();
    List<String> texts =
        List.of(pair.context(), pair.prompt(), pair.chosen(), pair.rejected(), pair.rationale());
    return new Identities(names.collect(raw.people(), texts), raw.companies());
  }

  /** Only where the greeting is what is wrong does it belong to the answer. */
  private static String withoutGreeting(String rejected, String mode) {
    return mode.equals(FailureMode.GREETING.word()) ? rejected : StyleNormaliser.strip(rejected);
  }

  private static Optional<RejectedPair> refused(PreferencePair pair, RawPair raw) {
    Optional<RejectedPair> faulty =
        Stream.of(
                new Part("prompt", pair.prompt(), true),
                new Part("context", pair.context(), false),
                new Part("chosen", pair.chosen(), true),
                new Part("rejected", pair.rejected(), true),
                new Part("rationale", pair.rationale(), false))
            .flatMap(part -> part.fault(pair).stream())
            .findFirst();
    if (faulty.isPresent()) {
      return faulty;
    }
    if (Words.of(pair.chosen()).equals(Words.of(pair.rejected()))) {
      return Optional.of(
          RejectedPair.pair(
              RejectedPair.IDENTICAL,
              "chosen and rejected have the same words",
              "correct chosen or rejected, or remove the line",
              pair));
    }
    return switch (raw.origin()) {
      case SAMPLED, ON_POLICY -> noFailure(pair);
      default -> Optional.empty();
    };
  }

  /** People who prefer an answer have a reason; that a model wrote one is none. */
  private static Optional<RejectedPair> noFailure(PreferencePair pair) {
    return pair.failureMode().isEmpty()
        ? Optional.of(
            RejectedPair.pair(
                NO_FAILURE,
                "no rule finds a failure in rejected, so that it may be as good as chosen",
                "nothing to do; a higher temperature makes worse answers",
                pair))
        : Optional.empty();
  }

  /** One text of a pair. */
  private record Part(String key, String text, boolean needed) {
    Optional<RejectedPair> fault(PreferencePair pair) {
      if (needed && text.chars().noneMatch(Character::isLetter)) {
        return Optional.of(
            RejectedPair.pair(EMPTY, key + " has no words", "write " + key + " out", pair));
      }
      return TemplateTokens.first(text)
          .map(
              token ->
                  RejectedPair.pair(
                      CONTROL,
                      key + " holds " + token + ", a token of a chat template",
                      "remove it from " + key + "; it would end or forge a message",
                      pair));
    }
  }
}
