package dev.pipeline.evaluate.review;

import dev.pipeline.evaluate.ModelIdentity;

/**
 * One of the two models of a review.
 *
 * @param name what people call it; differs between the two
 * @param model the file that answered
 */
public record Contender(String name, ModelIdentity model) {}
