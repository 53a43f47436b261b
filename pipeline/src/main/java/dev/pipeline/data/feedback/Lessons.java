package dev.pipeline.data.feedback;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.pipeline.data.RoundState;
import dev.pipeline.data.mine.Miner;
import dev.pipeline.data.prefer.Origin;
import dev.pipeline.data.text.Words;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What there is to learn from feedback.
 *
 * <ul>
 *   <li>An edit beats the answer that it mends.
 *   <li>An answer with a thumb down and no edit loses to each answer with a thumb up and to each
 *       edit that the same message got.
 *   <li>An answer with a thumb up is a candidate row, where round, sentiment and asks are known,
 *       nothing was said before, and nobody mended it. The house's style rules and the review that
 *       {@code curate} asks for decide about it.
 *   <li>An answer that some liked and others disliked teaches nothing, unless somebody mended it.
 * </ul>
 *
 * @param pairs lines of raw preferences, of the shapes in datasets/preferences-raw/README.md
 * @param rows lines of raw conversations, of the shape {@code rounds} in datasets/README.md
 * @param opinions how many there were
 */
public record Lessons(List<Record> pairs, List<Record> rows, int opinions) {
  /** Copies the lists. */
  public Lessons {
    pairs = List.copyOf(pairs);
    rows = List.copyOf(rows);
  }

  /** What was said on one message. */
  private record Question(
      String scenario, Optional<RoundState> state, List<Said> earlier, String message) {
    static Question of(Feedback feedback) {
      Opinion opinion = feedback.opinion();
      return new Question(
          opinion.scenario(),
          Optional.ofNullable(opinion.state()),
          opinion.earlier(),
          opinion.message());
    }
  }

  /** {@code {"prompt","chosen","rejected"}}. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Pair(
      String id,
      String family,
      String origin,
      String context,
      List<Message> prompt,
      String chosen,
      String rejected,
      @Nullable String rationale) {}

  /** A message of a pair's prompt. */
  record Message(String role, String content) {}

  /** A conversation of one round. */
  record Row(
      @JsonProperty("conversation_id") String conversationId,
      String scenario,
      Map<String, String> supplier,
      List<Round> rounds,
      Map<String, String> approval) {}

  /** Its round. */
  record Round(
      int round,
      String sentiment,
      List<String> asks,
      @JsonProperty("supplier_says") String supplierSays,
      @JsonProperty("buyer_replies") String buyerReplies) {}

  /**
   * Of what arrived before {@code cutOff}.
   *
   * @param rows whether thumbs up give candidate rows
   */
  public static Lessons of(List<Feedback> all, Instant cutOff, boolean rows) {
    List<Feedback> heard =
        all.stream().filter(feedback -> feedback.arrival().isBefore(cutOff)).toList();
    Map<Question, List<Feedback>> questions =
        heard.stream()
            .collect(Collectors.groupingBy(Question::of, LinkedHashMap::new, Collectors.toList()));
    List<Record> pairs = new ArrayList<>();
    List<Record> candidates = new ArrayList<>();
    questions.forEach(
        (question, opinions) -> {
          pairs.addAll(pairs(question, opinions));
          if (rows) {
            candidates.addAll(rows(question, opinions));
          }
        });
    return new Lessons(pairs, candidates, heard.size());
  }

  private static List<Pair> pairs(Question question, List<Feedback> opinions) {
    Set<String> liked = answers(opinions, Thumb.UP);
    Set<String> disliked = answers(opinions, Thumb.DOWN);
    List<String> better =
        Stream.concat(
                opinions.stream().flatMap(one -> Stream.ofNullable(one.opinion().edit())),
                liked.stream().filter(answer -> !disliked.contains(answer)))
            .distinct()
            .toList();
    List<Pair> pairs = new ArrayList<>();
    for (Feedback one : opinions) {
      String edit = one.opinion().edit();
      if (edit != null) {
        add(pairs, question, one, edit);
      } else if (disliked.contains(one.opinion().answer())
          && one.opinion().thumb() == Thumb.DOWN
          && !liked.contains(one.opinion().answer())) {
        better.forEach(answer -> add(pairs, question, one, answer));
      }
    }
    return pairs;
  }

  private static void add(List<Pair> pairs, Question question, Feedback worse, String better) {
    String answer = worse.opinion().answer();
    boolean known =
        pairs.stream().anyMatch(one -> one.chosen.equals(better) && one.rejected.equals(answer));
    if (known || Words.of(better).equals(Words.of(answer))) {
      return;
    }
    long ofThis = pairs.stream().filter(pair -> pair.id.startsWith(worse.id() + "/")).count();
    pairs.add(
        new Pair(
            worse.id() + "/" + (ofThis + 1),
            question.scenario,
            Origin.FEEDBACK.word(),
            question.state.map(Lessons::context).orElse(""),
            messages(question),
            better,
            answer,
            worse.opinion().comment()));
  }

  /** As {@code mine} writes it; earlier turns follow from the messages. */
  private static String context(RoundState state) {
    return Miner.context(state, List.of());
  }

  private static List<Message> messages(Question question) {
    return Stream.concat(
            question.earlier.stream()
                .map(
                    said ->
                        new Message(
                            said.speaker().equals("supplier") ? "user" : "assistant", said.text())),
            Stream.of(new Message("user", question.message)))
        .toList();
  }

  private static List<Row> rows(Question question, List<Feedback> opinions) {
    if (question.state.isEmpty() || !question.earlier.isEmpty()) {
      return List.of();
    }
    RoundState state = question.state.get();
    Set<String> worse = new HashSet<>(answers(opinions, Thumb.DOWN));
    opinions.stream()
        .filter(one -> one.opinion().edit() != null)
        .forEach(one -> worse.add(one.opinion().answer()));
    Map<String, Row> rows = new LinkedHashMap<>();
    for (Feedback one : opinions) {
      String answer = one.opinion().answer();
      if (one.opinion().thumb() == Thumb.UP && !worse.contains(answer)) {
        rows.putIfAbsent(answer, row(one, state));
      }
    }
    return List.copyOf(rows.values());
  }

  private static Row row(Feedback one, RoundState state) {
    Opinion opinion = one.opinion();
    return new Row(
        one.id(),
        opinion.scenario(),
        Map.of(),
        List.of(
            new Round(
                state.round(),
                state.sentiment(),
                state.asks(),
                opinion.message(),
                opinion.answer())),
        Map.of("state", "pending"));
  }

  private static Set<String> answers(List<Feedback> opinions, Thumb thumb) {
    return opinions.stream()
        .map(Feedback::opinion)
        .filter(opinion -> opinion.thumb() == thumb)
        .map(Opinion::answer)
        .collect(Collectors.toSet());
  }
}
