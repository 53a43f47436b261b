package dev.pipeline.evaluate.review;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;

/**
 * One item with its key applied: what each reviewer, by name, thinks of either model.
 *
 * @param voices in the order of the reviewers; only those who said something
 */
record UnblindedItem(ReviewItem item, ReviewKey.Entry entry, Map<String, Voice> voices) {

  /**
   * One reviewer's words, no longer about sides.
   *
   * @param vote 1 for the candidate, 0 for the rival, a half for neither; absent while open
   */
  record Voice(
      OptionalDouble vote,
      Map<Criterion, Integer> candidate,
      Map<Criterion, Integer> rival,
      String comment) {
    boolean prefersCandidate() {
      return vote.isPresent() && vote.getAsDouble() == WIN;
    }

    boolean prefersRival() {
      return vote.isPresent() && vote.getAsDouble() == LOSS;
    }
  }

  private static final double WIN = 1;
  private static final double TIE = 0.5;
  private static final double LOSS = 0;

  static UnblindedItem of(ReviewItem item, ReviewKey.Entry entry, Map<String, Opinion> opinions) {
    Map<String, Voice> voices = new LinkedHashMap<>();
    opinions.forEach((name, opinion) -> voices.put(name, voice(opinion, entry.candidateLeft())));
    return new UnblindedItem(item, entry, voices);
  }

  String candidateAnswer() {
    return entry.candidateLeft() ? item.left() : item.right();
  }

  String rivalAnswer() {
    return entry.candidateLeft() ? item.right() : item.left();
  }

  /** Everybody's votes, without the open ones. */
  double[] votes() {
    return voices.values().stream().flatMapToDouble(voice -> voice.vote().stream()).toArray();
  }

  int count(Predicate<Voice> voice) {
    return (int) voices.values().stream().filter(voice).count();
  }

  private static Voice voice(Opinion opinion, boolean candidateLeft) {
    return new Voice(
        vote(opinion, candidateLeft),
        candidateLeft ? opinion.left() : opinion.right(),
        candidateLeft ? opinion.right() : opinion.left(),
        opinion.comment().strip());
  }

  private static OptionalDouble vote(Opinion opinion, boolean candidateLeft) {
    return Optional.ofNullable(opinion.preference())
        .map(
            preference ->
                switch (preference) {
                  case TIE -> TIE;
                  case LEFT -> candidateLeft ? WIN : LOSS;
                  case RIGHT -> candidateLeft ? LOSS : WIN;
                })
        .map(OptionalDouble::of)
        .orElseGet(OptionalDouble::empty);
  }
}
