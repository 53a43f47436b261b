package dev.pipeline.evaluate.review;

import dev.pipeline.evaluate.review.UnblindedItem.Voice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Every item where somebody preferred an answer, as a pair.
 *
 * @param decided one pair an item, for the answer that more reviewers prefer or, where they are
 *     even, rate higher
 * @param disputed both pairs of each item whose reviewers are even in this, too, for a person to
 *     choose from: together they would teach nothing
 */
public record CandidatePairs(List<CandidatePair> decided, List<CandidatePair> disputed) {
  /** Copies both lists. */
  public CandidatePairs {
    decided = List.copyOf(decided);
    disputed = List.copyOf(disputed);
  }

  static CandidatePairs of(List<UnblindedItem> items) {
    List<CandidatePair> decided = new ArrayList<>();
    List<CandidatePair> disputed = new ArrayList<>();
    for (UnblindedItem item : items) {
      int wins = item.count(Voice::prefersCandidate);
      int losses = item.count(Voice::prefersRival);
      if (wins + losses == 0) {
        continue;
      }
      int lead = wins != losses ? wins - losses : ratingLead(item);
      if (lead > 0) {
        decided.add(forCandidate(item));
      } else if (lead < 0) {
        decided.add(forRival(item));
      } else {
        disputed.add(forCandidate(item));
        disputed.add(forRival(item));
      }
    }
    return new CandidatePairs(decided, disputed);
  }

  private static int ratingLead(UnblindedItem item) {
    return item.voices().values().stream()
        .mapToInt(voice -> sum(voice.candidate()) - sum(voice.rival()))
        .sum();
  }

  private static int sum(Map<Criterion, Integer> ratings) {
    return ratings.values().stream().mapToInt(Integer::intValue).sum();
  }

  private static CandidatePair forCandidate(UnblindedItem item) {
    return pair(
        item,
        item.candidateAnswer(),
        item.rivalAnswer(),
        item.voices().values().stream()
            .filter(Voice::prefersCandidate)
            .map(voice -> reason(voice.candidate(), voice.rival(), voice.comment()))
            .toList());
  }

  private static CandidatePair forRival(UnblindedItem item) {
    return pair(
        item,
        item.rivalAnswer(),
        item.candidateAnswer(),
        item.voices().values().stream()
            .filter(Voice::prefersRival)
            .map(voice -> reason(voice.rival(), voice.candidate(), voice.comment()))
            .toList());
  }

  private static CandidatePair pair(
      UnblindedItem item, String chosen, String rejected, List<String> reasons) {
    int votes = item.votes().length;
    String support = reasons.size() + " of " + votes + (votes == 1 ? " reviewer" : " reviewers");
    // Names stay out: pairs become a dataset.
    String given =
        reasons.stream().filter(reason -> !reason.isEmpty()).collect(Collectors.joining("; "));
    ReviewItem shown = item.item();
    return new CandidatePair(
        shown.id(),
        shown.message(),
        shown.context(),
        chosen,
        rejected,
        given.isEmpty() ? support : support + ": " + given);
  }

  private static String reason(
      Map<Criterion, Integer> chosen, Map<Criterion, Integer> rejected, String comment) {
    List<String> said = new ArrayList<>();
    for (Criterion criterion : Criterion.values()) {
      Integer better = chosen.get(criterion);
      Integer worse = rejected.get(criterion);
      if (better != null && worse != null && !better.equals(worse)) {
        said.add(criterion.word().replace('_', ' ') + " " + better + " against " + worse);
      }
    }
    if (!comment.isEmpty()) {
      said.add(comment);
    }
    return String.join(", ", said);
  }
}
