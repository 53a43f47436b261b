package dev.pipeline.export.llama;

import dev.pipeline.export.llama.Generation.StopReason;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A token that a row was continued by.
 *
 * @param row index of the prompt
 * @param token its id
 * @param bytes its text, which may be a part of a character; empty for one that ends generation
 * @param ended why the row ends with it; null while it goes on
 */
public record Written(int row, int token, byte[] bytes, @Nullable StopReason ended) {
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Written that
        && row == that.row
        && token == that.token
        && Arrays.equals(bytes, that.bytes)
        && ended == that.ended;
  }

  @Override
  public int hashCode() {
    return Objects.hash(row, token, Arrays.hashCode(bytes), ended);
  }
}
