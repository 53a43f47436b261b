package dev.pipeline.data.prefer.corrupt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.data.Approval;
import dev.pipeline.data.Sample;
import dev.pipeline.data.Source;
import dev.pipeline.data.prefer.FailureMode;
import dev.pipeline.data.prefer.Pairs;
import dev.pipeline.data.prefer.PreferencePair;
import dev.pipeline.data.prefer.RawPair;
import dev.pipeline.data.prefer.tag.Candidate;
import dev.pipeline.data.prefer.tag.FailureTagger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CorruptorTest {
  private static final String STRANGER =
      "A leaking roof is tiring. Buckets hide it from the insurer. Could you send a photograph?";

  private static final List<Sample> ROWS =
      IntStream.range(0, 40)
          .mapToObj(i -> i % 2 == 0 ? row(i, "coils", Pairs.CHOSEN) : roof(i))
          .toList();

  @Test
  void everyFailureIsPlantedAndFoundAgain() {
    for (Sample row : ROWS) {
      List<RawPair> pairs = new Corruptor(ROWS, 8, 17).pairs(row);
      assertThat(pairs)
          .extracting(raw -> raw.pair().failureMode())
          .containsExactlyInAnyOrderElementsOf(FailureMode.words());
      for (RawPair raw : pairs) {
        PreferencePair pair = raw.pair();
        assertThat(pair.chosen()).isEqualTo(row.idealAnswer());
        assertThat(
                FailureTagger.tag(new Candidate(pair.prompt(), "", pair.chosen(), pair.rejected())))
            .as(pair.rejected())
            .hasValueSatisfying(tag -> assertThat(tag.mode().word()).isEqualTo(pair.failureMode()));
      }
    }
  }

  @Test
  void failuresAreSpreadEvenly() {
    List<String> modes = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      Sample row = row(i, "coils", Pairs.CHOSEN);
      new Corruptor(ROWS, 2, 17).pairs(row).forEach(raw -> modes.add(raw.pair().failureMode()));
    }
    assertThat(FailureMode.words())
        .allSatisfy(mode -> assertThat(modes).filteredOn(mode::equals).hasSizeBetween(60, 140));
  }

  @Test
  void theSameRowIsSpoiltTheSameWayWhateverCameBefore() {
    Corruptor used = new Corruptor(ROWS, 2, 17);
    ROWS.forEach(used::pairs);
    assertThat(used.pairs(ROWS.get(4))).isEqualTo(new Corruptor(ROWS, 2, 17).pairs(ROWS.get(4)));
    assertThat(new Corruptor(ROWS, 8, 18).pairs(ROWS.get(4)))
        .isNotEqualTo(new Corruptor(ROWS, 8, 17).pairs(ROWS.get(4)));
  }

  @Test
  void anAnswerOfTwoSentencesIsLeftAlone() {
    Sample row = row(0, "coils", "That is hard on you. Could you cover the coils?");
    assertThat(new Corruptor(ROWS, 2, 17).pairs(row)).isEmpty();
  }

  @Test
  void anotherMatterComesFromAnotherFamily() {
    List<RawPair> pairs = new Corruptor(ROWS, 8, 17).pairs(ROWS.get(0));
    assertThat(pairs)
        .filteredOn(raw -> raw.pair().failureMode().equals("ignores_ask"))
        .singleElement()
        .satisfies(raw -> assertThat(raw.pair().rejected()).contains("insurer"));
  }

  private static Sample roof(int number) {
    Sample row = row(number, "roofs", STRANGER);
    return row.withTexts("Buckets fill below the leaking roof again.", "", STRANGER);
  }

  private static Sample row(int number, String family, String answer) {
    String id = "row-" + number;
    return new Sample(
        id,
        family,
        Pairs.PROMPT,
        "",
        answer,
        new Source("a.jsonl", number, id, 1),
        Approval.pending());
  }
}
