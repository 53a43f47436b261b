package dev.pipeline.train;

import dev.pipeline.chat.NegotiationPrompt;
import dev.pipeline.chat.TrainingExample;
import dev.pipeline.data.JsonLines;
import dev.pipeline.data.Sample;
import dev.pipeline.io.Failure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Curated rows as token sequences of at most {@code sequence_len} tokens.
 *
 * @param examples rows that fit, in file order
 * @param shortened ids of rows whose context had to give way
 * @param tooLong ids of rows that do not fit even without their context, and are left out
 */
public record SftExamples(
    List<TrainingExample> examples, List<String> shortened, List<String> tooLong) {

  /**
   * Reads {@code train.jsonl} or {@code validation.jsonl}; nothing that is left out goes unnamed.
   */
  public static SftExamples read(Path file, NegotiationPrompt prompt, int sequenceLength) {
    return read(file, prompt, sequenceLength, 0);
  }

  /** The same, of which the first {@code most} rows that fit are enough; all where that is 0. */
  public static SftExamples read(
      Path file, NegotiationPrompt prompt, int sequenceLength, int most) {
    List<TrainingExample> examples = new ArrayList<>();
    List<String> shortened = new ArrayList<>();
    List<String> tooLong = new ArrayList<>();
    List<Sample> rows = JsonLines.read(file, Sample.class);
    if (rows.isEmpty()) {
      throw Failure.refused(file + " has no rows", "add data, or curate again");
    }
    for (Sample row : rows) {
      if (most > 0 && examples.size() == most) {
        break;
      }
      SftRow rendered = SftRow.of(row, prompt, sequenceLength);
      if (!rendered.fits()) {
        tooLong.add(row.id());
        continue;
      }
      examples.add(rendered.example());
      if (rendered.shortened()) {
        shortened.add(row.id());
      }
    }
    if (examples.isEmpty()) {
      throw Failure.refused(
          file + " holds no row that fits " + sequenceLength + " tokens",
          "raise sequence_len or add data");
    }
    return new SftExamples(examples, shortened, tooLong);
  }

  /** What a person wants to know before training: nothing is cut or left out in silence. */
  public Map<String, Object> report() {
    return Map.of(
        "rows",
        examples.size(),
        "trained_tokens",
        examples.stream().mapToInt(TrainingExample::trainedTokens).sum(),
        "context_shortened",
        shortened,
        "left_out_too_long",
        tooLong);
  }
}
