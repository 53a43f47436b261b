package dev.pipeline.generate;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * What ends an answer before it is as long as it may be.
 *
 * @param tokens such as the model's end of turn
 * @param texts that are not part of the answer any more
 * @param decoder the text of tokens, control tokens included
 */
public record Stops(Set<Long> tokens, List<String> texts, Function<long[], String> decoder) {
  /** A character that is not whole yet must not hide a text, nor must a decoder's first space. */
  private static final int MARGIN = 4;

  public Stops {
    tokens = Set.copyOf(tokens);
    texts = List.copyOf(texts);
  }

  /** Only tokens end an answer. */
  public static Stops at(Set<Long> tokens, Function<long[], String> decoder) {
    return new Stops(tokens, List.of(), decoder);
  }

  /** Whether the last of {@code written} completes a stop. */
  boolean end(List<Long> written) {
    if (tokens.contains(written.get(written.size() - 1))) {
      return true;
    }
    if (texts.isEmpty()) {
      return false;
    }
    String tail = decode(written.subList(Math.max(0, written.size() - reach()), written.size()));
    return texts.stream().anyMatch(tail::contains);
  }

  /** A token is at least a byte, so a text ends within so many tokens. */
  private int reach() {
    return MARGIN
        + texts.stream()
            .mapToInt(text -> text.getBytes(StandardCharsets.UTF_8).length)
            .max()
            .orElse(0);
  }

  /** The text of an answer, up to the stop. */
  public String text(Continuation continuation) {
    List<Long> written = continuation.tokens();
    int last = written.size() - 1;
    boolean stopped = !written.isEmpty() && tokens.contains(written.get(last));
    String text = decode(stopped ? written.subList(0, last) : written);
    return text.substring(
        0,
        texts.stream().mapToInt(text::indexOf).filter(at -> at >= 0).min().orElse(text.length()));
  }

  private String decode(List<Long> ids) {
    return decoder.apply(ids.stream().mapToLong(Long::longValue).toArray());
  }
}
