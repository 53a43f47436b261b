package dev.pipeline.serve.chat;

import dev.pipeline.chat.ChatMessage;
import dev.pipeline.talk.Speaker;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A question with as many of the nearest pieces of documents as the context holds beside it, the
 * system message and the answer. Where not even the nearest does, its beginning goes.
 *
 * @param question as the model reads it
 * @param sources what went with it, the nearest first
 */
record Fitted(String question, List<Grounding.Passage> sources) {
  /** At most this part of the context is kept for the answer, so that long ones leave room. */
  private static final int PART_FOR_ANSWER = 2;

  Fitted {
    sources = List.copyOf(sources);
  }

  /**
   * {@code question} with what fits of {@code found}.
   *
   * @param found the nearest first
   * @param answer tokens of the answer at most
   */
  static Fitted of(
      Speaker speaker, String system, String question, List<Grounding.Passage> found, int answer) {
    int room =
        speaker.contextTokens() - Math.min(answer, speaker.contextTokens() / PART_FOR_ANSWER);
    List<Grounding.Passage> sources =
        nearest(found, some -> tokens(speaker, system, Passages.before(question, some)) <= room);
    return new Fitted(Passages.before(question, sources), sources);
  }

  /** Tokens of a system message, which may be empty, and a question. */
  static int tokens(Speaker speaker, String system, String question) {
    List<ChatMessage> messages = new ArrayList<>();
    if (!system.isEmpty()) {
      messages.add(ChatMessage.system(system));
    }
    messages.add(ChatMessage.user(question));
    return speaker.count(messages);
  }

  /** Says what of {@code found} stayed behind, where something did. */
  Optional<String> note(List<Grounding.Passage> found, int contextTokens) {
    if (sources.equals(found)) {
      return Optional.empty();
    }
    boolean cut = !sources.isEmpty() && !sources.get(0).equals(found.get(0));
    return Optional.of(
        "%s of the %d nearest pieces of documents went with the question: the context holds %d tokens"
            .formatted(cut ? "the beginning of 1" : sources.size(), found.size(), contextTokens));
  }

  private static List<Grounding.Passage> nearest(
      List<Grounding.Passage> found, Predicate<List<Grounding.Passage>> fits) {
    for (int count = found.size(); count > 0; count--) {
      if (fits.test(found.subList(0, count))) {
        return found.subList(0, count);
      }
    }
    return found.isEmpty() ? List.of() : beginning(found.get(0), fits);
  }

  /** The longest beginning that fits and ends with a word; none where no word does. */
  private static List<Grounding.Passage> beginning(
      Grounding.Passage whole, Predicate<List<Grounding.Passage>> fits) {
    int most = 0;
    int tooMany = whole.text().length();
    while (tooMany - most > 1) {
      int middle = (most + tooMany) >>> 1;
      if (fits.test(List.of(cut(whole, middle)))) {
        most = middle;
      } else {
        tooMany = middle;
      }
    }
    Grounding.Passage cut = cut(whole, most);
    return cut.text().isBlank() ? List.of() : List.of(cut);
  }

  private static Grounding.Passage cut(Grounding.Passage whole, int length) {
    int end = length;
    while (end > 0 && !Character.isWhitespace(whole.text().charAt(end))) {
      end--;
    }
    return new Grounding.Passage(
        whole.source() + ", the beginning", whole.text().substring(0, end), whole.similarity());
  }
}
