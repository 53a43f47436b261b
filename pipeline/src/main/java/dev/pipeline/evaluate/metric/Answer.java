package dev.pipeline.evaluate.metric;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What a model wrote.
 *
 * @param text the answer without its terminator
 * @param tokens length in the model's own tokens, the terminator not counted
 * @param endedByItself false when the token limit cut it off
 */
public record Answer(
    String text, int tokens, @JsonProperty("ended_by_itself") boolean endedByItself) {}
