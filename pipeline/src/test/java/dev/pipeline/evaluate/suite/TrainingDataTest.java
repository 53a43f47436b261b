package dev.pipeline.evaluate.suite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.data.Approval;
import dev.pipeline.data.Sample;
import dev.pipeline.data.Source;
import dev.pipeline.data.redact.Redactors;
import dev.pipeline.evaluate.Sampling;
import dev.pipeline.evaluate.ServedModel;
import dev.pipeline.evaluate.metric.Answer;
import dev.pipeline.evaluate.metric.Score;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TrainingDataTest {
  /** A model that must not be asked, for the data tell all. */
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
  void answersThatRedactionPassedHoldNothing() {
    SuiteResult result =
        judge("We pay EUR 0.10 to 0.20 per kg.", "Could [PERSON_1] write to [EMAIL_1]?");
    assertThat(share(result).value()).isZero();
    assertThat(share(result).n()).isEqualTo(2);
  }

  @Test
  void anExactPriceOrAnAddressCountsAndIsNotRepeated() {
    SuiteResult result =
        judge("We pay EUR 0.19 per kg.", "Could you write to ann@example.org?", "Could we talk?");
    assertThat(share(result).value()).isEqualTo(2.0 / 3);
    assertThat(result.items().toString()).doesNotContain("0.19", "example.org");
    assertThat(result.items()).extracting(Item::group).containsExactly("price", "email", "none");
  }

  private static SuiteResult judge(String... answers) {
    List<Sample> rows = List.of(answers).stream().map(TrainingDataTest::row).toList();
    return new TrainingData(rows, Redactors.all(Set.of()))
        .judge(new Unasked(), (judged, done, total) -> {});
  }

  private static Score share(SuiteResult result) {
    return Objects.requireNonNull(result.metrics().get("training_identifiers"));
  }

  private static Sample row(String answer) {
    return new Sample(
        answer.substring(0, 8),
        "coils",
        "Rather high, is it not?",
        "",
        answer,
        new Source("chat.jsonl", 1, "chat-1", 1),
        new Approval(Approval.State.APPROVED, null, null));
  }
}
