package dev.pipeline.serve.chat;

import java.util.List;

/** Words around what documents say. */
final class Passages {
  private Passages() {}

  /** {@code question} after the passages that an answer is to rest on. */
  static String before(String question, List<Grounding.Passage> passages) {
    if (passages.isEmpty()) {
      return question;
    }
    StringBuilder text = new StringBuilder("Documents say:\n");
    for (int i = 0; i < passages.size(); i++) {
      Grounding.Passage passage = passages.get(i);
      text.append("\n[%d] %s\n%s\n".formatted(i + 1, passage.source(), passage.text().strip()));
    }
    return text.append("\nAnswer by them, and say so where they do not tell: ")
        .append(question)
        .toString();
  }
}
