package dev.pipeline.export.llama;

import com.sun.jna.Native;
import com.sun.jna.Pointer;

/** A reusable native batch of consecutive tokens of one sequence. */
final class TokenBatch implements AutoCloseable {
  private final LlamaLibrary library;
  private final LlamaStructures.Batch batch;

  TokenBatch(LlamaLibrary library, int capacity) {
    this.library = library;
    this.batch = library.llamaBatchInit(capacity, 0, 1);
    for (int i = 0; i < capacity; i++) {
      batch.sequenceCounts.setInt(4L * i, 1);
      Pointer sequence = batch.sequences.getPointer((long) Native.POINTER_SIZE * i);
      sequence.setInt(0, 0);
    }
  }

  /**
   * Puts {@code count} tokens into the batch.
   *
   * @param position of the first token in its sequence
   * @param firstWanted index in the batch of the first token whose logits are wanted
   */
  void fill(int[] tokens, int start, int count, int position, int firstWanted) {
    batch.tokenCount = count;
    batch.tokens.write(0, tokens, start, count);
    for (int i = 0; i < count; i++) {
      batch.positions.setInt(4L * i, position + i);
      batch.wantsLogits.setByte(i, (byte) (i >= firstWanted ? 1 : 0));
    }
  }

  LlamaStructures.Batch structure() {
    return batch;
  }

  @Override
  public void close() {
    library.llamaBatchFree(batch);
  }
}
