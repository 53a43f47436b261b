package dev.pipeline.generate;

import dev.pipeline.io.Failure;
import dev.pipeline.io.Progress;
import dev.pipeline.model.Decoder;
import dev.pipeline.model.GrowingSequences;
import dev.pipeline.model.LoraAdapter;
import dev.pipeline.torch.Scope;
import dev.pipeline.torch.Torch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Continues prompts, several at once. As soon as one is done the next takes its place, so that
 * short answers do not wait for long ones.
 *
 * <p>Which token is drawn depends on the prompt, its id and the seed alone. Logits depend on how
 * many rows are multiplied at once in their last bits, so that a tie to the sixth digit may fall
 * otherwise in another batch.
 */
public final class Generator {
  private final Torch torch;
  private final Decoder decoder;
  private final @Nullable LoraAdapter adapter;
  private final Sampling sampling;
  private final Stops stops;
  private final int maxNewTokens;
  private final int batch;

  /**
   * A generator that owns nothing.
   *
   * @param adapter on top of {@code decoder}, or null
   * @param maxNewTokens longest answer, at least 1
   * @param batch prompts to continue at once, at least 1
   */
  public Generator(
      Torch torch,
      Decoder decoder,
      @Nullable LoraAdapter adapter,
      Sampling sampling,
      Stops stops,
      int maxNewTokens,
      int batch) {
    this.torch = torch;
    this.decoder = decoder;
    this.adapter = adapter;
    this.sampling = sampling;
    this.stops = stops;
    this.maxNewTokens = positive("max new tokens", maxNewTokens);
    this.batch = positive("batch", batch);
  }

  private static int positive(String name, int value) {
    if (value < 1) {
      throw Failure.usage(name + " " + value, "give a number of at least 1");
    }
    return value;
  }

  /**
   * Continues every prompt.
   *
   * @param prompts with ids that differ
   * @param progress is told how many prompts are done, how fast it goes and how long it may take;
   *     what it throws ends the work
   * @return continuations in the prompts' order
   */
  public List<Continuation> generate(List<Prompt> prompts, Progress progress) {
    return generate(prompts, progress, Watch.NOTHING);
  }

  /** Continues every prompt; {@code watch} hears of each token and may end any answer. */
  public List<Continuation> generate(List<Prompt> prompts, Progress progress, Watch watch) {
    prompts.forEach(this::check);
    Queue queue =
        new Queue(prompts, prompt -> new Row(prompt, sampling, stops, maxNewTokens, watch));
    int rows = Math.max(1, Math.min(batch, prompts.size()));
    Pace pace = new Pace(prompts.size(), maxNewTokens, progress);
    return torch.withoutGradient(
        () -> {
          try (GrowingSequences sequences = new GrowingSequences(torch, decoder, adapter, rows)) {
            while (!queue.isEmpty()) {
              int written = advance(queue, sequences, rows);
              pace.at(queue.done(), written);
            }
          }
          return queue.continuations();
        });
  }

  /** Reads in what there is room for, or adds a token to every row; returns tokens written. */
  private int advance(Queue queue, GrowingSequences sequences, int room) {
    List<Row> rows = queue.admit(room);
    try (Scope step = torch.root().inner()) {
      if (rows.isEmpty()) {
        rows = List.copyOf(queue.running());
        long[] last = rows.stream().mapToLong(Row::last).toArray();
        choose(rows, sequences.extend(step, last).toFloats());
      } else {
        List<long[]> ids = rows.stream().map(Row::promptTokens).toList();
        choose(rows, sequences.add(step, ids).toFloats());
      }
    }
    queue.retire(sequences::remove);
    return rows.size();
  }

  private void choose(List<Row> rows, float[] logits) {
    int vocabulary = decoder.shape().vocabulary();
    for (int i = 0; i < rows.size(); i++) {
      float[] own = new float[vocabulary];
      System.arraycopy(logits, i * vocabulary, own, 0, vocabulary);
      rows.get(i).choose(own);
    }
  }

  private void check(Prompt prompt) {
    int vocabulary = decoder.shape().vocabulary();
    if (prompt.tokens().isEmpty()) {
      throw Failure.refused("prompt " + prompt.id() + " is empty", "give it at least a token");
    }
    if (prompt.tokens().stream().anyMatch(token -> token < 0 || token >= vocabulary)) {
      throw Failure.refused(
          "prompt " + prompt.id() + " holds a token the model does not have",
          "give ids from 0 to " + (vocabulary - 1));
    }
    if (prompt.tokens().size() + maxNewTokens > decoder.maxLength()) {
      throw Failure.refused(
          "prompt %s of %d tokens leaves no room for %d more in %d"
              .formatted(prompt.id(), prompt.tokens().size(), maxNewTokens, decoder.maxLength()),
          "shorten the prompt or ask for fewer new tokens");
    }
  }
}
