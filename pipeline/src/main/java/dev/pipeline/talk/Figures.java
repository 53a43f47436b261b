package dev.pipeline.talk;

import java.util.Optional;

/**
 * What {@link Bench} measured; speeds and times are medians over the rounds.
 *
 * @param model what was measured
 * @param weights type of its weights, such as {@code Q4_K - Medium}
 * @param loadSeconds from nothing to a loaded model
 * @param firstTokenSeconds from a question to the first token of its answer
 * @param promptTokensPerSecond speed of reading; 0 where it is not known
 * @param tokensPerSecond speed of writing; 0 where no answer had two tokens
 * @param memory the most that it took
 * @param rounds questions that were timed
 * @param turns of a conversation that it lasted
 * @param turnsAsked for
 * @param brokeWith why it did not last
 */
public record Figures(
    String model,
    String weights,
    double loadSeconds,
    double firstTokenSeconds,
    double promptTokensPerSecond,
    double tokensPerSecond,
    Footprint memory,
    int rounds,
    int turns,
    int turnsAsked,
    Optional<String> brokeWith) {}
