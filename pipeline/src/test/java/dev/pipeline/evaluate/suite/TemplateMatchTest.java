package dev.pipeline.evaluate.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.evaluate.HoldoutRow;
import dev.pipeline.evaluate.Sampling;
import dev.pipeline.evaluate.ServedModel;
import dev.pipeline.evaluate.metric.Answer;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TemplateMatchTest {
  /** A model that must not be asked: the prompts tell all. */
  private record Unasked() implements ServedModel {
    @Override
    public int[] tokenize(String text) {
      throw new AssertionError("asked");
    }

    @Override
    public Answer generate(String prompt, Sampling sampling) {
      throw new AssertionError("asked");
    }

    @Override
    public float[] score(int[] tokens, int firstScored) {
      throw new AssertionError("asked");
    }
  }

  @Test
  void countsThePromptsThatAreTheSameAndShowsThoseThatAreNot() {
    HoldoutRow row = new HoldoutRow("r1", "Hi", "", "Hello", "<user>Hi<assistant>", "Hello");
    HoldoutRow other = new HoldoutRow("r2", "Ho", "", "Hello", "<user>Ho<assistant>", "Hello");
    SuiteResult result =
        new TemplateMatch(List.of(row, other), List.of(row, other.asked("<user>Ho")))
            .judge(new Unasked(), (judged, done, total) -> {});
    assertThat(Objects.requireNonNull(result.metrics().get("template_match")).value())
        .isEqualTo(0.5);
    assertThat(result.items()).extracting(Item::group).containsExactly("same", "differs");
    assertThat(result.items().get(1).prompt()).isEqualTo("<user>Ho");
  }
}
