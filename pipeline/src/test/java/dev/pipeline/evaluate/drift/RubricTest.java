package dev.pipeline.evaluate.drift;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class RubricTest {
  @TestFactory
  Stream<DynamicTest> everyRuleKeepsToItsExamples() {
    return Rubric.rules().stream()
        .flatMap(
            rule ->
                rule.examples().stream()
                    .map(
                        example ->
                            DynamicTest.dynamicTest(
                                rule.name() + ": " + example.answer(),
                                () -> {
                                  if (example.keeps()) {
                                    assertThat(rule.score(example.answer())).isEqualTo(1);
                                  } else {
                                    assertThat(rule.score(example.answer())).isBetween(0.0, 0.5);
                                  }
                                })));
  }

  @Test
  void theScoreIsTheMeanOfTheRules() {
    String answer = "I see why that stings. Could you send me the log?";
    assertThat(Rubric.score(answer)).isEqualTo(1);
    assertThat(Rubric.scores(answer).keySet()).isEqualTo(Rubric.sentences().keySet());
    assertThat(Rubric.score("")).isZero();
  }
}
