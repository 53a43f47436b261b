package dev.pipeline.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class LexicalIndexTest {
  private static final LexicalIndex INDEX =
      new LexicalIndex(
          List.of("the supplier delivers late", "the invoice is paid", "the invoice is disputed"));

  @Test
  void theSameTextIsAlikeInFullAndAStrangeOneNotAtAll() {
    assertThat(INDEX.similarities("The INVOICE is paid!")[1]).isCloseTo(1, within(1e-12));
    assertThat(INDEX.similarities("xyzzy")).containsExactly(0, 0, 0);
    assertThat(INDEX.similarities("")).containsExactly(0, 0, 0);
  }

  @Test
  void rareWordsCountMoreThanCommonOnes() {
    double[] similarities = INDEX.similarities("the disputed");
    assertThat(similarities[2]).isGreaterThan(2 * similarities[1]);
  }

  @Test
  void trigramsForgiveEndingsAndTypingErrors() {
    double[] similarities = INDEX.similarities("suplier delivery");
    assertThat(similarities[0]).isGreaterThan(0.2).isGreaterThan(5 * similarities[1]);
  }
}
