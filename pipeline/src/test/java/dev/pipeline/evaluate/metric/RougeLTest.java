package dev.pipeline.evaluate.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RougeLTest {
  @Test
  void theExampleInItsDescriptionHolds() {
    assertThat(RougeL.score("we can split it", "we could split the order"))
        .isCloseTo(400 / 9.0, within(1e-9));
  }

  @Test
  void caseAndPunctuationDoNotMatter() {
    assertThat(RougeL.score("We AGREE; fully!", "we agree fully")).isEqualTo(100);
    assertThat(RougeL.score("", "")).isZero();
    assertThat(RougeL.score("", "we agree")).isZero();
  }

  @Test
  void equalsTheOracleOn500Pairs() throws IOException {
    assertThat(SacreBleu.read().pairs())
        .hasSizeGreaterThanOrEqualTo(500)
        .allSatisfy(
            pair -> {
              String[] answer = RougeL.words(pair.hypothesis());
              String[] reference = RougeL.words(pair.reference());
              assertThat(RougeL.longestCommonSubsequence(answer, reference))
                  .isEqualTo(patience(answer, reference));
            });
  }

  /** The oracle itself is held to what cannot be wrong: trying every subsequence. */
  @Test
  void equalsTryingEverySubsequence() {
    Random random = new Random(5);
    for (int trial = 0; trial < 300; trial++) {
      String[] first = draw(random, 9);
      String[] second = draw(random, 9);
      int best =
          IntStream.range(0, 1 << first.length)
              .filter(chosen -> isSubsequence(pick(first, chosen), second))
              .map(Integer::bitCount)
              .max()
              .orElseThrow();
      assertThat(RougeL.longestCommonSubsequence(first, second)).isEqualTo(best);
      assertThat(patience(first, second)).isEqualTo(best);
    }
  }

  @Test
  void averagesOverAnswers() {
    Score score =
        new RougeL()
            .score(List.of(Samples.bleu("we agree", "we agree"), Samples.bleu("no", "we agree")))
            .orElseThrow();
    assertThat(score.value()).isEqualTo(50);
    assertThat(score.n()).isEqualTo(2);
  }

  /** Hunt and Szymanski (1977): the longest increasing run of matching positions. */
  private static int patience(String[] first, String[] second) {
    int[] smallestEnd = new int[Math.min(first.length, second.length) + 1];
    int length = 0;
    for (String word : first) {
      for (int at = second.length; at >= 1; at--) {
        if (word.equals(second[at - 1])) {
          int found = Arrays.binarySearch(smallestEnd, 0, length, at);
          int place = found >= 0 ? found : -found - 1;
          smallestEnd[place] = at;
          length = Math.max(length, place + 1);
        }
      }
    }
    return length;
  }

  private static String[] draw(Random random, int most) {
    return random
        .ints(random.nextInt(most + 1), 0, 4)
        .mapToObj(word -> "abcd".substring(word, word + 1))
        .toArray(String[]::new);
  }

  private static String[] pick(String[] words, int chosen) {
    return IntStream.range(0, words.length)
        .filter(i -> (chosen >> i & 1) == 1)
        .mapToObj(i -> words[i])
        .toArray(String[]::new);
  }

  private static boolean isSubsequence(String[] part, String[] whole) {
    int matched = 0;
    for (String word : whole) {
      matched += matched < part.length && part[matched].equals(word) ? 1 : 0;
    }
    return matched == part.length;
  }
}
