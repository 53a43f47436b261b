package dev.pipeline.evaluate.review;

/**
 * Somebody who reviews.
 *
 * @param name what is said of opinions
 * @param token what the reviewer's link proves itself with; nobody else knows it
 */
public record Reviewer(String name, String token) {}
