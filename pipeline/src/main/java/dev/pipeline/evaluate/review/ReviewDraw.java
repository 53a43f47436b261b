package dev.pipeline.evaluate.review;

import dev.pipeline.io.Failure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The items of a new review and their key. Each model stands on the left equally often, so that
 * favouring a side favours no model.
 */
public record ReviewDraw(List<ReviewItem> items, ReviewKey key) {
  /** Copies the items. */
  public ReviewDraw {
    items = List.copyOf(items);
  }

  /**
   * Draws {@code size} rows of {@code contest}; rows that both answered alike are left out, for
   * nobody can prefer either.
   *
   * @param seed decides rows, order and sides
   */
  public static ReviewDraw of(
      Contest contest, ReviewKey.@Nullable DatasetReference dataset, int size, long seed) {
    if (size < 1) {
      throw Failure.usage("--items is " + size + ", which asks nothing", "ask for 1 or more");
    }
    Set<String> prompts = new HashSet<>();
    List<Contest.Row> different =
        contest.rows().stream()
            .filter(row -> !row.sameAnswer() && prompts.add(row.row().prompt()))
            .toList();
    if (different.isEmpty()) {
      throw Failure.refused(
          "%s and %s gave the same answer to all %d rows"
              .formatted(contest.candidate().name(), contest.rival().name(), contest.rows().size()),
          "compare two models that differ");
    }
    Random random = new Random(seed);
    List<Contest.Row> drawn = StratifiedSample.draw(different, Stratum::of, size, random);
    List<Boolean> sides = sides(drawn.size(), random);
    List<ReviewItem> items = new ArrayList<>();
    List<ReviewKey.Entry> entries = new ArrayList<>();
    for (int i = 0; i < drawn.size(); i++) {
      ReviewItem item = item(drawn.get(i), sides.get(i));
      items.add(item);
      entries.add(
          new ReviewKey.Entry(
              item.id(), drawn.get(i).row().id(), Stratum.of(drawn.get(i)), sides.get(i)));
    }
    return new ReviewDraw(
        items,
        new ReviewKey(
            seed,
            contest.candidate(),
            contest.rival(),
            contest.rows().size(),
            contest.rows().size() - different.size(),
            dataset,
            entries));
  }

  private static List<Boolean> sides(int count, Random random) {
    // Of an odd number, chance decides which model is left once more.
    boolean oddOne = random.nextBoolean();
    List<Boolean> sides = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      sides.add(i % 2 == 0 == oddOne);
    }
    Collections.shuffle(sides, random);
    return sides;
  }

  private static ReviewItem item(Contest.Row row, boolean candidateLeft) {
    String candidate = row.candidate().answer().text();
    String rival = row.rival().answer().text();
    return ReviewItem.of(
        row.row().context(),
        row.row().instruction(),
        candidateLeft ? candidate : rival,
        candidateLeft ? rival : candidate);
  }
}
