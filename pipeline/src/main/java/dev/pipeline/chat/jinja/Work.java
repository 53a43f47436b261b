package dev.pipeline.chat.jinja;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** What a rendering has written and what it has cost, which is bounded. */
final class Work {
  /** A thousand messages take some tens of thousands; a clock would stop it on a busy machine. */
  private static final long MOST_STEPS = 1_000_000;

  /** Copying so many characters counts as one step, so that all texts together stay bounded. */
  private static final int CHARACTERS_A_STEP = 32;

  /** A million tokens. */
  private static final int LONGEST_TEXT = 4 << 20;

  private static final int COMPARED_AT_ONCE = 16;
  private static final int LONGEST_LIST = 100_000;
  private static final int DEEPEST = 100;

  private final Deque<StringBuilder> outputs = new ArrayDeque<>();
  private long steps;
  private int depth;

  Work() {
    outputs.push(new StringBuilder());
  }

  /** Counts one more step. */
  void step() {
    steps(1);
  }

  private void steps(long count) {
    steps += count;
    if (steps > MOST_STEPS) {
      throw new JinjaException("it takes more than " + MOST_STEPS + " steps");
    }
  }

  /** Counts the making of a text of so many characters. */
  void text(long characters) {
    if (characters > LONGEST_TEXT) {
      throw new JinjaException("it makes a text of more than " + LONGEST_TEXT + " characters");
    }
    passes(characters);
  }

  /** Counts going over so many characters. */
  void passes(long characters) {
    steps(characters / CHARACTERS_A_STEP);
  }

  /** Counts the search for {@code wanted} in {@code text}, which may fit nearly everywhere. */
  void search(String text, String wanted) {
    passes((long) text.length() * (1 + wanted.length() / COMPARED_AT_ONCE));
  }

  /** Counts the making of {@code value}, which it returns. */
  Object made(Object value) {
    if (value instanceof String text) {
      text(text.length());
    } else if (value instanceof List<?> list) {
      items(list.size());
    }
    return value;
  }

  /** Counts the making of a list of so many items. */
  void items(long count) {
    if (count > LONGEST_LIST) {
      throw new JinjaException("it makes a list of more than " + LONGEST_LIST + " items");
    }
    steps(count);
  }

  void write(String text) {
    StringBuilder output = outputs.getFirst();
    text(text.length());
    if (output.length() + text.length() > LONGEST_TEXT) {
      throw new JinjaException("it writes more than " + LONGEST_TEXT + " characters");
    }
    output.append(text);
  }

  /** What {@code body} writes, which goes nowhere else. */
  String captured(Runnable body) {
    if (++depth > DEEPEST) {
      throw new JinjaException("its macros call each other more than " + DEEPEST + " deep");
    }
    outputs.push(new StringBuilder());
    try {
      body.run();
      return outputs.getFirst().toString();
    } finally {
      outputs.pop();
      depth--;
    }
  }

  String output() {
    return outputs.getFirst().toString();
  }
}
