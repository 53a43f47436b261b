package dev.pipeline.data.prefer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.data.lint.StyleRules;
import dev.pipeline.data.text.WordList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Each list must fail as its name says, and in no graver way. */
class PhrasesTest {
  @Test
  void leaksAreFoundByTheRuleThatGuardsAnswers() {
    assertThat(entries("leaks")).allMatch(StyleRules::mentionsInternals);
    for (String list : List.of("robotic", "cold", "filler", "several", "ungrounded")) {
      assertThat(entries(list)).as(list).noneMatch(StyleRules::mentionsInternals);
    }
  }

  @Test
  void everyFurtherRequestCountsOnceAndNothingElseAsks() {
    assertThat(entries("several")).allMatch(text -> StyleRules.suggestions(text) == 1);
    for (String list : List.of("robotic", "cold", "filler", "leaks", "ungrounded")) {
      assertThat(entries(list)).as(list).allMatch(text -> StyleRules.suggestions(text) == 0);
    }
  }

  @Test
  void coldOpeningsAcknowledgeNothing() {
    assertThat(entries("cold")).noneMatch(StyleRules::acknowledges);
  }

  @Test
  void setPhrasesBearAMarkAndNoOtherListDoes() {
    assertThat(entries("robotic")).allMatch(PhrasesTest::marked);
    for (String list : List.of("cold", "filler", "several", "leaks", "ungrounded")) {
      assertThat(entries(list)).as(list).noneMatch(PhrasesTest::marked);
    }
  }

  @Test
  void greetingsGreetAndClosingsClose() {
    assertThat(entries("greetings")).allMatch(text -> StyleRules.greets(text + "\nOne. Two."));
    assertThat(entries("closings")).allMatch(text -> StyleRules.greets("One. Two.\n" + text));
  }

  @Test
  void aDrawOfSeveralRepeatsNone() {
    Phrases phrases = Phrases.of("filler");
    for (int seed = 0; seed < 50; seed++) {
      List<String> drawn = phrases.draw(new SplittableRandom(seed), 3);
      assertThat(drawn).hasSize(3).doesNotHaveDuplicates();
    }
  }

  private static boolean marked(String text) {
    return Phrases.roboticMarks().stream()
        .anyMatch(text.toLowerCase(java.util.Locale.ROOT)::contains);
  }

  private static Set<String> entries(String list) {
    return new HashSet<>(WordList.entries(Phrases.class, list + ".txt"));
  }
}
