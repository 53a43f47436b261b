package dev.pipeline.data.prefer.assemble;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.data.dedup.SimilarTexts;
import dev.pipeline.data.prefer.Pairs;
import dev.pipeline.data.prefer.PreferencePair;
import dev.pipeline.data.prefer.RejectedPair;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PairDeduplicatorTest {
  private final PairDeduplicator deduplicator =
      new PairDeduplicator(() -> new SimilarTexts(0.7, 2));
  private final PreferencePair first = Pairs.pair("a", "coils", Pairs.PROMPT);

  @Test
  void theSamePairTwiceIsOne() {
    assertThat(reason(first)).isEmpty();
    assertThat(reason(Pairs.pair("b", "coils", Pairs.PROMPT + "!")))
        .hasValue(RejectedPair.EXACT_DUPLICATE);
  }

  @Test
  void nearlyTheSameWithTheSameFailureIsOne() {
    assertThat(reason(first)).isEmpty();
    PreferencePair near =
        Pairs.pair("b", "coils", Pairs.PROMPT, Pairs.CHOSEN, Pairs.REJECTED + " Now.");
    assertThat(reason(Pairs.labelled(near, "Rude.", "robotic"))).isEmpty();
    assertThat(reason(Pairs.pair("c", "", Pairs.PROMPT, Pairs.CHOSEN, Pairs.REJECTED + " Go.")))
        .hasValue(RejectedPair.NEAR_DUPLICATE);
  }

  @Test
  void twoPairsThatContradictEachOtherAreOne() {
    assertThat(reason(first)).isEmpty();
    assertThat(
            reason(
                Pairs.pair(
                    "b",
                    "",
                    Pairs.PROMPT,
                    /* chosen= */ Pairs.REJECTED,
                    /* rejected= */ Pairs.CHOSEN)))
        .hasValue(RejectedPair.CONTRADICTION);
  }

  @Test
  void anIdIsGivenOnce() {
    assertThat(reason(first)).isEmpty();
    assertThat(
            reason(
                Pairs.pair(
                    "a", "", "Nothing like it at all, I say.", Pairs.CHOSEN, "No more of it.")))
        .hasValue(RejectedPair.REPEATED_ID);
  }

  private Optional<String> reason(PreferencePair pair) {
    return deduplicator.check(pair).map(RejectedPair::reason);
  }
}
