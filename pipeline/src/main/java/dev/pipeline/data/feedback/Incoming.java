package dev.pipeline.data.feedback;

import java.util.List;
import java.util.Optional;

/**
 * An opinion as it was sent, which exists in memory alone.
 *
 * @param id the sender's own; empty where the content is to name it
 * @param opinion not yet redacted; {@code who} is still a name
 * @param people names that the sender knows
 * @param companies names that the sender knows
 */
record Incoming(
    Optional<String> id, Opinion opinion, List<String> people, List<String> companies) {}
