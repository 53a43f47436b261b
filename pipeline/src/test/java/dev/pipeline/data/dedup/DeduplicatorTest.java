package dev.pipeline.data.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.data.Approval;
import dev.pipeline.data.Rejected;
import dev.pipeline.data.Sample;
import dev.pipeline.data.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DeduplicatorTest {
  private static final String QUESTION =
      "You froze the whole invoice over nine noisy bearings that are worth less than a lunch.";
  private static final String ANSWER =
      "Freezing everything is hard. The nine are a sliver of it. Could you credit just those?";

  private final Deduplicator deduplicator = new Deduplicator(0.7, 2);

  @Test
  void theFirstOfItsKindStays() {
    assertThat(deduplicator.check(sample("a", QUESTION, ANSWER))).isEmpty();
    assertThat(reason(sample("b", QUESTION.toUpperCase(java.util.Locale.ROOT), ANSWER)))
        .contains(Deduplicator.EXACT);
    assertThat(reason(sample("c", QUESTION.replace("whole", "entire"), ANSWER)))
        .contains(Deduplicator.NEAR);
    assertThat(reason(sample("d", "Diesel rose for the third week, says the board.", ANSWER)))
        .isEmpty();
    assertThat(reason(sample("d", "The die cracked on the second push yesterday.", "Sorry.")))
        .contains(Deduplicator.REPEATED_ID);
  }

  @Test
  void bandsProposeEveryPairThatTheExactSimilarityWouldFind() {
    Random random = new Random(3);
    SimilarTexts index = new SimilarTexts(0.7, 2);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      List<String> words = random.ints(60, 0, 5000).mapToObj(word -> "w" + word).toList();
      texts.add(String.join(" ", words));
      assertThat(index.matchOrAdd("t" + i, texts.get(i))).isEmpty();
    }
    for (int i = 0; i < 200; i++) {
      String edited = texts.get(i).replaceFirst(" w[0-9]+ ", " changed ");
      Optional<SimilarTexts.Match> match = index.matchOrAdd("edited" + i, edited);
      assertThat(match).map(SimilarTexts.Match::id).contains("t" + i);
    }
  }

  private Optional<String> reason(Sample sample) {
    return deduplicator.check(sample).map(Rejected::reason);
  }

  private static Sample sample(String id, String instruction, String answer) {
    return new Sample(
        id, "f", instruction, "Round: 1", answer, new Source("a", 1, id, 1), Approval.pending());
  }
}
