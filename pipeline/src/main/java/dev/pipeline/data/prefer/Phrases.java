package dev.pipeline.data.prefer;

import dev.pipeline.data.text.WordList;
import java.util.List;
import java.util.SplittableRandom;

/** Shipped phrases that spoil an answer, or give one away. */
public final class Phrases {
  private static final List<String> MARKS = WordList.entries(Phrases.class, "robotic-marks.txt");

  private final List<String> entries;

  private Phrases(List<String> entries) {
    this.entries = entries;
  }

  /** The entries of the resource {@code <name>.txt}. */
  public static Phrases of(String name) {
    return new Phrases(WordList.entries(Phrases.class, name + ".txt"));
  }

  /** Set phrases, as ticket systems write them. */
  public static List<String> roboticMarks() {
    return MARKS;
  }

  /** One of them. */
  public String draw(SplittableRandom random) {
    return entries.get(random.nextInt(entries.size()));
  }

  /** {@code count} different ones, in the order drawn. */
  public List<String> draw(SplittableRandom random, int count) {
    return random.ints(0, entries.size()).distinct().limit(count).mapToObj(entries::get).toList();
  }
}
