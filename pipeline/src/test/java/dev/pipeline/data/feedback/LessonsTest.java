package dev.pipeline.data.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.data.Conversation;
import dev.pipeline.data.RoundState;
import dev.pipeline.data.prefer.Origin;
import dev.pipeline.data.prefer.PreferencePair;
import dev.pipeline.data.prefer.RawPair;
import dev.pipeline.data.prefer.read.PairReader;
import dev.pipeline.data.read.ConversationReader;
import dev.pipeline.data.read.RawLine;
import dev.pipeline.data.read.Reading;
import dev.pipeline.io.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LessonsTest {
  private static final RoundState STATE = new RoundState(2, "tired", List.of("cover"));
  private static final Instant LATER = Stores.NOW.plus(Duration.ofDays(1));

  @Test
  void anEditBeatsWhatItMends() {
    assertThat(pairs(said("a", Thumb.DOWN, "Noted.", "In the rain, that is hard.")))
        .singleElement()
        .satisfies(
            raw -> {
              assertThat(raw.origin()).isEqualTo(Origin.FEEDBACK);
              PreferencePair pair = raw.pair();
              assertThat(pair.chosen()).isEqualTo("In the rain, that is hard.");
              assertThat(pair.rejected()).isEqualTo("Noted.");
              assertThat(pair.prompt()).isEqualTo("My coils stand in the rain.");
              assertThat(pair.context())
                  .isEqualTo("Round: 2\nSupplier sentiment: tired\nOutstanding asks: cover");
            });
  }

  @Test
  void aThumbDownLosesToWhateverWasBetter() {
    assertThat(
            pairs(
                said("a", Thumb.DOWN, "Noted.", null),
                said("b", Thumb.UP, "In the rain, that is hard.", null),
                said("c", Thumb.DOWN, "So what.", "Rain on coils hurts. Could you count them?")))
        .extracting(raw -> raw.pair().rejected() + " < " + raw.pair().chosen())
        .containsExactly(
            "Noted. < Rain on coils hurts. Could you count them?",
            "Noted. < In the rain, that is hard.",
            "So what. < Rain on coils hurts. Could you count them?");
  }

  @Test
  void praiseAloneAndADisputedAnswerMakeNoPair() {
    assertThat(pairs(said("a", Thumb.UP, "Noted.", null))).isEmpty();
    assertThat(
            pairs(
                said("a", Thumb.UP, "Noted.", null),
                said("b", Thumb.DOWN, "Noted.", null),
                said("c", Thumb.UP, "In the rain, that is hard.", null)))
        .isEmpty();
  }

  @Test
  void aLikedAnswerWhoseSituationIsKnownIsACandidateRow() {
    Lessons lessons =
        Lessons.of(
            List.of(
                said("a", Thumb.UP, "In the rain, that is hard.", null),
                said("b", Thumb.UP, "In the rain, that is hard.", null),
                said("c", Thumb.UP, "Mended.", "Better.")),
            LATER,
            true);
    assertThat(lessons.rows()).hasSize(1);
    RawLine line = new RawLine("rows.jsonl", 1, Json.line(lessons.rows().get(0)), true);
    assertThat(ConversationReader.read(line)).isInstanceOf(Reading.Understood.class);
    Conversation read = ((Reading.Understood) ConversationReader.read(line)).conversation();
    assertThat(read.turns()).hasSize(2);
    assertThat(read.turns().get(0).state()).isEqualTo(STATE);
    assertThat(read.approval().state()).isEqualTo(dev.pipeline.data.Approval.State.PENDING);
    assertThat(Lessons.of(List.of(said("a", Thumb.UP, "Fine words.", null)), LATER, false).rows())
        .isEmpty();
  }

  @Test
  void aRowNeedsToKnowWhereTheTalkStood() {
    assertThat(Lessons.of(List.of(unknown("a", Thumb.UP, "Fine words.")), LATER, true).rows())
        .isEmpty();
  }

  @Test
  void whatArrivedAfterTheCutOffWaits() {
    List<Feedback> all = List.of(said("a", Thumb.DOWN, "Noted.", "Better words."));
    assertThat(Lessons.of(all, Stores.NOW, true).opinions()).isZero();
    assertThat(Lessons.of(all, Stores.NOW, true).pairs()).isEmpty();
    assertThat(Lessons.of(all, LATER, true).pairs()).hasSize(1);
  }

  private static List<RawPair> pairs(Feedback... all) {
    return Lessons.of(List.of(all), LATER, true).pairs().stream()
        .map(pair -> PairReader.read(new RawLine("pairs.jsonl", 1, Json.line(pair), true)))
        .flatMap(reading -> reading.pairs().stream())
        .toList();
  }

  private static Feedback said(String id, Thumb thumb, String answer, @Nullable String edit) {
    return feedback(id, STATE, thumb, answer, edit);
  }

  private static Feedback unknown(String id, Thumb thumb, String answer) {
    return feedback(id, null, thumb, answer, null);
  }

  private static Feedback feedback(
      String id, @Nullable RoundState state, Thumb thumb, String answer, @Nullable String edit) {
    return new Feedback(
        id,
        Stores.NOW.toString(),
        new Opinion(
            null,
            null,
            "",
            state,
            List.of(),
            "My coils stand in the rain.",
            answer,
            thumb,
            edit,
            null,
            null),
        Map.of());
  }
}
