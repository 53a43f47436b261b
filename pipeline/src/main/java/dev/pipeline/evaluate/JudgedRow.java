package dev.pipeline.evaluate;

import dev.pipeline.evaluate.metric.Answer;
import dev.pipeline.evaluate.metric.Findings;
import dev.pipeline.evaluate.metric.Likelihood;
import dev.pipeline.evaluate.metric.Sample;

/** One model's answer to one row, and what was seen in it. */
public record JudgedRow(Answer answer, Likelihood likelihood, Findings findings) {
  Sample sample(String reference) {
    return new Sample(reference, answer, likelihood, findings);
  }
}
