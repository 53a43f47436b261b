package dev.pipeline.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class StopsTest {
  /** Tokens are code points. */
  private static final Stops STOPS =
      new Stops(Set.of(0L), List.of("END", "\nUser:"), StopsTest::text);

  @Test
  void aStopTokenEndsAnAnswerAndIsNotItsText() {
    assertThat(STOPS.end(tokens("Yes.\0"))).isTrue();
    assertThat(STOPS.text(answer("Yes.\0"))).isEqualTo("Yes.");
  }

  @Test
  void aStopTextEndsAnAnswerAndIsCutOff() {
    String written = "A long answer, longer than any stop text.\nUser:";
    for (int length = 1; length < written.length(); length++) {
      assertThat(STOPS.end(tokens(written.substring(0, length)))).isFalse();
    }
    assertThat(STOPS.end(tokens(written))).isTrue();
    assertThat(STOPS.text(answer(written))).isEqualTo("A long answer, longer than any stop text.");
  }

  @Test
  void theFirstOfSeveralStopTextsCounts() {
    assertThat(STOPS.text(answer("a\nUser: END"))).isEqualTo("a");
    assertThat(STOPS.text(answer("a END\nUser:"))).isEqualTo("a ");
  }

  @Test
  void withoutAStopAllIsText() {
    assertThat(STOPS.end(tokens("EN"))).isFalse();
    assertThat(STOPS.text(answer("EN"))).isEqualTo("EN");
  }

  private static Continuation answer(String text) {
    return new Continuation("a", tokens(text), Ended.STOP);
  }

  private static List<Long> tokens(String text) {
    return text.chars().asLongStream().boxed().toList();
  }

  private static String text(long[] ids) {
    return Arrays.stream(ids)
        .mapToObj(id -> Character.toString((int) id))
        .collect(Collectors.joining());
  }
}
