package dev.pipeline.train;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.pipeline.chat.ChatModel;
import dev.pipeline.chat.Terminator;
import dev.pipeline.chat.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One training row, token by token, for people.
 *
 * @param id the row
 * @param ids token ids
 * @param tokens what each stands for; a character that several share stands at the last
 * @param mask 1 where a token carries loss, else 0
 * @param trainedTokens tokens that carry loss
 * @param shortened whether the context had to give way to fit
 * @param fits whether the row is trained on at all
 * @param beginnings beginning-of-sequence tokens in front: none or one, never two
 * @param terminator what ends an answer, such as {@code <|im_end|>}; empty when nothing does
 * @param terminatorTrained whether it carries loss, without which a model never learns to stop
 */
public record RowPreview(
    String id,
    List<Long> ids,
    List<String> tokens,
    List<Integer> mask,
    @JsonProperty("trained_tokens") int trainedTokens,
    boolean shortened,
    boolean fits,
    int beginnings,
    String terminator,
    @JsonProperty("terminator_trained") boolean terminatorTrained) {
  /** What a decoder shows for bytes that are no whole character. */
  private static final String UNFINISHED = "\ufffd";

  /** Bytes of the longest character in UTF-8. */
  private static final int MOST_BYTES = 4;

  /** Copies the lists. */
  public RowPreview {
    ids = List.copyOf(ids);
    tokens = List.copyOf(tokens);
    mask = List.copyOf(mask);
  }

  /**
   * Takes {@code row} apart.
   *
   * @param stopWords words that end an answer; where none are known, the control tokens do
   */
  public static RowPreview of(ChatModel chat, SftRow row, List<String> stopWords) {
    long[] ids = row.example().ids();
    List<Integer> mask = row.example().mask();
    String terminator =
        Terminator.of(chat.template())
            .among(stopWords.isEmpty() ? chat.controlTokens() : stopWords)
            .orElse("");
    String learned =
        chat.tokenizer().decode(Arrays.copyOfRange(ids, mask.lastIndexOf(0) + 1, ids.length));
    return new RowPreview(
        row.example().id(),
        Arrays.stream(ids).boxed().toList(),
        texts(chat.tokenizer(), ids),
        mask,
        mask.stream().mapToInt(Integer::intValue).sum(),
        row.shortened(),
        row.fits(),
        beginnings(chat, ids),
        terminator,
        !terminator.isEmpty() && learned.contains(terminator));
  }

  /** The last of several tokens that share a character shows it, the others show nothing. */
  private static List<String> texts(Tokenizer tokenizer, long[] ids) {
    List<String> texts = new ArrayList<>();
    int first = 0;
    for (int i = 0; i < ids.length; i++) {
      String text = text(tokenizer, ids, first, i + 1);
      boolean partOfOne = text.endsWith(UNFINISHED) && i + 1 - first < MOST_BYTES;
      texts.add(partOfOne ? "" : text);
      first = partOfOne ? first : i + 1;
    }
    return texts;
  }

  /** With the token before, for some tokenizers drop the space that opens a text. */
  private static String text(Tokenizer tokenizer, long[] ids, int from, int to) {
    String alone = tokenizer.decode(Arrays.copyOfRange(ids, from, to));
    if (from == 0) {
      return alone;
    }
    String before = tokenizer.decode(new long[] {ids[from - 1]});
    String both = tokenizer.decode(Arrays.copyOfRange(ids, from - 1, to));
    return both.startsWith(before) ? both.substring(before.length()) : alone;
  }

  private static int beginnings(ChatModel chat, long[] ids) {
    String beginning = chat.template().bosToken();
    long[] encoded = beginning.isEmpty() ? new long[0] : chat.tokenizer().encode(beginning);
    int count = 0;
    while (encoded.length == 1 && count < ids.length && ids[count] == encoded[0]) {
      count++;
    }
    return count;
  }
}
