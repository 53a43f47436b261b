package dev.pipeline.data.feedback;

import dev.pipeline.data.RoundState;
import dev.pipeline.data.read.MalformedLine;
import dev.pipeline.data.redact.Identities;
import dev.pipeline.data.redact.NameCollector;
import dev.pipeline.data.redact.RedactionSession;
import dev.pipeline.data.redact.Redactors;
import dev.pipeline.io.Hashes;
import dev.pipeline.io.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Redacts an opinion the way {@code curate} redacts conversations, before anybody writes it. */
final class Arrival {
  private static final int SHORT = 16;

  private final Redactors redactors;
  private final NameCollector names;
  private final Pseudonyms pseudonyms;

  /** An arrival that takes {@code personas} for no person's name. */
  Arrival(Set<String> personas, Pseudonyms pseudonyms) {
    this.redactors = Redactors.all(personas);
    this.names = new NameCollector(personas);
    this.pseudonyms = pseudonyms;
  }

  /**
   * What is kept of {@code incoming}.
   *
   * @throws MalformedLine when a name that is kept as it is holds what must not be kept
   */
  Feedback redacted(Incoming incoming, Instant now) {
    Opinion opinion = incoming.opinion();
    incoming.id().ifPresent(id -> requireHarmless("id", id));
    requireHarmless("release", opinion.release());
    requireHarmless("scenario", opinion.scenario());
    RedactionSession session =
        new RedactionSession(
            redactors,
            new Identities(names.collect(incoming.people(), texts(opinion)), incoming.companies()));
    Opinion kept = redacted(opinion, session::redact);
    return new Feedback(
        incoming.id().orElseGet(() -> "f-" + Hashes.sha256(Json.line(kept)).substring(0, SHORT)),
        now.truncatedTo(ChronoUnit.SECONDS).toString(),
        kept,
        session.counts());
  }

  /** What may be kept of a line that could not be taken in. */
  String redacted(UnreadLine line) {
    List<String> people = names.collect(line.people(), List.of(line.rest()));
    return new RedactionSession(redactors, new Identities(people, line.companies()))
        .redact(line.rest());
  }

  /** In the order in which it was said, which numbers people and companies. */
  private Opinion redacted(Opinion opinion, UnaryOperator<String> redact) {
    List<Said> earlier =
        opinion.earlier().stream()
            .map(said -> new Said(said.speaker(), redact.apply(said.text())))
            .toList();
    RoundState state = opinion.state();
    return new Opinion(
        opinion.time(),
        opinion.release(),
        opinion.scenario(),
        state == null
            ? null
            : new RoundState(
                state.round(),
                redact.apply(state.sentiment()),
                state.asks().stream().map(redact).toList()),
        earlier,
        redact.apply(opinion.message()),
        redact.apply(opinion.answer()),
        opinion.thumb(),
        applied(redact, opinion.edit()),
        applied(redact, opinion.comment()),
        applied(pseudonyms::of, opinion.who()));
  }

  private static @Nullable String applied(UnaryOperator<String> change, @Nullable String text) {
    return text == null ? null : change.apply(text);
  }

  private void requireHarmless(String key, @Nullable String text) {
    if (text != null && !redactors.find(text, Identities.none()).isEmpty()) {
      throw new MalformedLine(
          "'" + key + "' must be a name that tells nothing about people, companies or prices");
    }
  }

  private static List<String> texts(Opinion opinion) {
    List<String> texts = new ArrayList<>();
    opinion.earlier().forEach(said -> texts.add(said.text()));
    texts.add(opinion.message());
    texts.add(opinion.answer());
    addIfThere(texts, opinion.edit());
    addIfThere(texts, opinion.comment());
    return texts;
  }

  private static void addIfThere(List<String> texts, @Nullable String text) {
    if (text != null) {
      texts.add(text);
    }
  }
}
