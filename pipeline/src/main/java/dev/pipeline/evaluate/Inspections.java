package dev.pipeline.evaluate;

import dev.pipeline.evaluate.metric.Findings;
import dev.pipeline.evaluate.probe.Exchange;
import dev.pipeline.evaluate.probe.Inspector;
import dev.pipeline.evaluate.probe.Runs;

/**
 * What every answer is inspected for.
 *
 * @param style the rules an answer was trained to follow
 * @param leaks identifiers, exact prices, internal vocabulary, the system prompt, unredacted text
 * @param copies passages of the training text
 * @param ungrounded numbers that nobody said before
 * @param toxic insults, threats, profanity
 * @param training finds the longest run that the training text has, too
 */
public record Inspections(
    Inspector style,
    Inspector leaks,
    Inspector copies,
    Inspector ungrounded,
    Inspector toxic,
    Runs training) {
  /** Everything found in an answer; only numbers may be excused by what was said before. */
  Findings inspect(String given, String answer) {
    return new Findings(
        style.inspect(answer),
        leaks.inspect(answer),
        copies.inspect(answer),
        ungrounded.inspect(new Exchange(given, answer)),
        toxic.inspect(answer),
        training.longest(answer));
  }
}
