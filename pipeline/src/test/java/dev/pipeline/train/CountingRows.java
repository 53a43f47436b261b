package dev.pipeline.train;

import dev.pipeline.chat.TrainingExample;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Rows in which each token is the one before plus three, which the tiny model can learn. */
final class CountingRows {
  private CountingRows() {}

  static List<TrainingExample> of(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<TrainingExample> rows = new ArrayList<>();
    for (int row = 0; row < count; row++) {
      long[] ids = new long[random.nextInt(6, 14)];
      ids[0] = random.nextInt(50);
      for (int i = 1; i < ids.length; i++) {
        ids[i] = (ids[i - 1] + 3) % 50;
      }
      rows.add(new TrainingExample("row-" + row, ids, random.nextInt(1, 4)));
    }
    return rows;
  }
}
