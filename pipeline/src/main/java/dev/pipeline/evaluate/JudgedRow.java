package dev.pipeline.evaluate;

import dev.pipeline.evaluate.metric.Answer;
import dev.pipeline.evaluate.metric.Findings;
import dev.pipeline.evaluate.metric.Likelihood;

/** One model's answer to one row, and what was seen in it. */
public record JudgedRow(Answer answer, Likelihood likelihood, Findings findings) {}
