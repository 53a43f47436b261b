package dev.pipeline.export.llama;

import com.sun.jna.Native;

/** A reusable native batch of tokens. */
final class TokenBatch implements AutoCloseable {
  private final LlamaLibrary library;
  private final LlamaStructures.Batch batch;
  private final int capacity;

  TokenBatch(LlamaLibrary library, int capacity) {
    this.library = library;
    this.capacity = capacity;
    this.batch = library.llamaBatchInit(capacity, 0, 1);
    for (int i = 0; i < capacity; i++) {
      batch.sequenceCounts.setInt(4L * i, 1);
      putSequence(i, 0);
    }
  }

  private void putSequence(int place, int sequence) {
    batch.sequences.getPointer((long) Native.POINTER_SIZE * place).setInt(0, sequence);
  }

  /**
   * Puts {@code count} consecutive tokens of the first sequence into the batch, in place of all.
   *
   * @param position of the first token in its sequence
   * @param firstWanted index in the batch of the first token whose logits are wanted
   */
  void fill(int[] tokens, int start, int count, int position, int firstWanted) {
    batch.tokenCount = count;
    batch.tokens.write(0, tokens, start, count);
    for (int i = 0; i < count; i++) {
      batch.positions.setInt(4L * i, position + i);
      putSequence(i, 0);
      batch.wantsLogits.setByte(i, (byte) (i >= firstWanted ? 1 : 0));
    }
  }

  /** Empties the batch. */
  void clear() {
    batch.tokenCount = 0;
  }

  boolean isEmpty() {
    return batch.tokenCount == 0;
  }

  boolean isFull() {
    return batch.tokenCount == capacity;
  }

  /** Adds a token; returns its place. */
  int add(int token, int position, int sequence, boolean wantsLogits) {
    int place = batch.tokenCount++;
    batch.tokens.setInt(4L * place, token);
    batch.positions.setInt(4L * place, position);
    putSequence(place, sequence);
    batch.wantsLogits.setByte(place, (byte) (wantsLogits ? 1 : 0));
    return place;
  }

  /** The token at {@code place} and the sequence that it belongs to. */
  int token(int place) {
    return batch.tokens.getInt(4L * place);
  }

  int size() {
    return batch.tokenCount;
  }

  LlamaStructures.Batch structure() {
    return batch;
  }

  @Override
  public void close() {
    library.llamaBatchFree(batch);
  }
}
