package dev.pipeline.train;

import dev.pipeline.chat.NegotiationPrompt;
import dev.pipeline.chat.TrainingExample;
import dev.pipeline.data.prefer.PreferencePair;
import java.util.List;

/**
 * A preference pair as the trainer sees it: the same prompt twice, with either answer.
 *
 * @param id the pair's
 */
public record PreferenceRow(String id, TrainingExample chosen, TrainingExample rejected) {
  /** Renders {@code pair}, whose context gives way until both answers fit, if they do. */
  static PreferenceRow of(PreferencePair pair, NegotiationPrompt prompt, int sequenceLength) {
    String fitting = pair.context();
    for (String answer : List.of(pair.chosen(), pair.rejected())) {
      fitting = prompt.fit(pair.id(), fitting, pair.prompt(), answer, sequenceLength);
    }
    return new PreferenceRow(
        pair.id(),
        prompt.example(pair.id(), fitting, pair.prompt(), pair.chosen()),
        prompt.example(pair.id(), fitting, pair.prompt(), pair.rejected()));
  }

  /** Tokens of the longer of the two. */
  public int length() {
    return Math.max(chosen.ids().length, rejected.ids().length);
  }

  /** Tokens of an answer; nothing predicts the very first token of a sequence. */
  static int scored(TrainingExample example) {
    return example.ids().length - Math.max(example.firstTrained(), 1);
  }
}
