package dev.pipeline.chat;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Cleans a reply while it is written: what a person sees holds no tag of a chat template, however
 * the tokens cut it. Tags before the first word are dropped, as when a model repeats the opening of
 * its turn; a tag after it ends the reply, for what follows would be the next turn.
 *
 * <p>Example: of {@code "<|im_"}, {@code "start|>Yes"}, {@code ".<|im"}, {@code "_end|>x"} the
 * reply is {@code "Yes."}.
 */
public final class ReplyCleaner {
  /** Tags that models write as plain text, too, when they learned from other templates' logs. */
  private static final List<String> WELL_KNOWN =
      List.of(
          "<|im_start|>",
          "<|im_sep|>",
          "<|im_end|>",
          "<|endoftext|>",
          "<|system|>",
          "<|user|>",
          "<|assistant|>",
          "<|end|>",
          "<|start_header_id|>",
          "<|end_header_id|>",
          "<|eot_id|>",
          "<|begin_of_text|>",
          "<|end_of_text|>",
          "<<SYS>>",
          "<</SYS>>",
          "[INST]",
          "[/INST]",
          "</s>");

  private final List<String> tags;
  private final StringBuilder held = new StringBuilder();
  private boolean spoke;
  private boolean ended;

  /**
   * A cleaner of one reply.
   *
   * @param tags of the model: control tokens, stop words, and what opens its turn, such as {@code
   *     <|im_start|>assistant<|im_sep|>}, of which the name of the role would be left otherwise
   */
  public ReplyCleaner(Collection<String> tags) {
    this.tags =
        Stream.concat(tags.stream(), WELL_KNOWN.stream())
            .filter(tag -> !tag.isBlank())
            .distinct()
            // The longest first: an opening begins with the tag that begins it.
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList();
  }

  /** Takes the next piece of the reply; returns what may be shown of it by now. */
  public String add(String piece) {
    if (ended) {
      return "";
    }
    held.append(piece);
    return release(certain());
  }

  /** The rest, when the model writes no more. */
  public String finish() {
    if (ended) {
      return "";
    }
    String rest = release(held.length());
    ended = true;
    return rest.stripTrailing();
  }

  /** Whether a tag has ended the reply, so that nothing after it will be shown. */
  public boolean ended() {
    return ended;
  }

  /** Shows the first {@code length} characters that are held, without tags. */
  private String release(int length) {
    StringBuilder shown = new StringBuilder();
    int left = length;
    while (left > 0 && !ended) {
      OptionalInt tag = firstTag(left);
      int plain = tag.orElse(left);
      shown.append(spoken(held.substring(0, plain)));
      int cut = plain;
      if (tag.isPresent()) {
        cut += tagAt(plain).length();
        ended = spoke;
      }
      held.delete(0, cut);
      left -= cut;
    }
    if (ended) {
      held.setLength(0);
      return shown.toString().stripTrailing();
    }
    return shown.toString();
  }

  private String spoken(String plain) {
    String text = spoke ? plain : plain.stripLeading();
    spoke |= !text.isEmpty();
    return text;
  }

  private OptionalInt firstTag(int before) {
    return tags.stream().mapToInt(held::indexOf).filter(at -> at >= 0 && at < before).min();
  }

  private String tagAt(int start) {
    return tags.stream().filter(tag -> held.indexOf(tag, start) == start).findFirst().orElse("");
  }

  /**
   * How much of what is held cannot become a part of a tag any more, and is not white space that
   * may turn out to be the reply's last.
   */
  private int certain() {
    int start = 0;
    while (start < held.length() && !mayGrow(start)) {
      start++;
    }
    while (start > 0 && Character.isWhitespace(held.charAt(start - 1))) {
      start--;
    }
    return start;
  }

  /** Whether the text from {@code start} to the end begins a tag that is not whole yet. */
  private boolean mayGrow(int start) {
    int length = held.length() - start;
    return tags.stream()
        .anyMatch(tag -> tag.length() > length && tag.startsWith(held.substring(start)));
  }
}
