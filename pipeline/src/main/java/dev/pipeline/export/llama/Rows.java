package dev.pipeline.export.llama;

import dev.pipeline.export.llama.Generation.StopReason;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Prompts that are continued side by side, one call of llama_decode a step, so that whoever asked
 * can follow each token and stop between any two, while a long prompt is read, too.
 */
final class Rows {
  private final LoadedModel model;
  private final GenerateOptions options;
  private final List<Row> rows;

  /** Rows of {@code prompts}; what the model remembers of a lone one is not read again. */
  Rows(LoadedModel model, GenerateOptions options, List<int[]> prompts) {
    this.model = model;
    this.options = options;
    int kept = model.begin(prompts);
    this.rows =
        IntStream.range(0, prompts.size())
            .mapToObj(i -> new Row(i, prompts.get(i), kept, Sampler.of(options)))
            .toList();
  }

  /** Tokens of the prompts that need not be read. */
  int kept() {
    return rows.get(0).position;
  }

  /** Ends the rows {@code dropped}, then reads on in the prompts or adds a token to every row. */
  List<Written> step(Collection<Integer> dropped) {
    dropped.forEach(row -> rows.get(row).done = true);
    TokenBatch batch = model.emptyBatch();
    List<Row> goOn = rows.stream().filter(row -> !row.done).toList();
    List<Row> reading = goOn.stream().filter(row -> row.unread() > 0).toList();
    List<Row> writing =
        (reading.isEmpty() ? goOn : reading).stream().filter(row -> row.fill(batch)).toList();
    if (batch.isEmpty()) {
      return List.of();
    }
    model.decode(batch);
    return writing.stream().map(row -> write(row, model.logits(row.place))).toList();
  }

  private Written write(Row row, float[] logits) {
    int token = row.sampler.choose(Generator.finite(logits));
    boolean ends = model.vocabulary().endsGeneration(token);
    row.last = token;
    row.written++;
    StopReason ended = ends ? StopReason.END_OF_GENERATION : ended(row);
    row.done = ended != null;
    return new Written(
        row.index, token, ends ? new byte[0] : model.vocabulary().piece(token), ended);
  }

  private @Nullable StopReason ended(Row row) {
    if (row.written == options.maxTokens()) {
      return StopReason.MAX_TOKENS;
    }
    return row.position == model.rowTokens() ? StopReason.CONTEXT_FULL : null;
  }

  /** A prompt, how far it is read, and what was written after it. */
  private static final class Row {
    final int index;
    final int[] prompt;
    final Sampler sampler;
    int position;
    int written;
    int last;
    int place;
    boolean done;

    Row(int index, int[] prompt, int position, Sampler sampler) {
      this.index = index;
      this.prompt = prompt;
      this.position = position;
      this.sampler = sampler;
    }

    /** Tokens of the prompt that were not read yet. */
    int unread() {
      return Math.max(0, prompt.length - position);
    }

    /**
     * Puts into {@code batch} what there is room for of the prompt, or the token that was written
     * last; returns whether a token follows it.
     */
    boolean fill(TokenBatch batch) {
      if (unread() == 0) {
        place = batch.add(last, position++, index, true);
        return true;
      }
      while (unread() > 0 && !batch.isFull()) {
        place = batch.add(prompt[position], position, index, unread() == 1);
        position++;
      }
      return unread() == 0;
    }
  }
}
