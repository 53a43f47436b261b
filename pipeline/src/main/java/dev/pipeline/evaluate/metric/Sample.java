package dev.pipeline.evaluate.metric;

/**
 * One judged answer: all that a metric may look at.
 *
 * @param reference the answer a person wrote
 * @param answer what the model wrote to the same prompt
 * @param likelihood how probable the model finds the reference
 * @param findings what the inspections found in the model's answer
 */
public record Sample(String reference, Answer answer, Likelihood likelihood, Findings findings) {}
