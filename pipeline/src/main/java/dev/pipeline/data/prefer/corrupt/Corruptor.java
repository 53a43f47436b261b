package dev.pipeline.data.prefer.corrupt;

import dev.pipeline.data.Sample;
import dev.pipeline.data.prefer.Origin;
import dev.pipeline.data.prefer.PreferencePair;
import dev.pipeline.data.prefer.RawPair;
import dev.pipeline.io.Hashes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Makes pairs of curated rows: the row's answer is chosen, a spoilt copy is rejected. What becomes
 * of a row depends on it, the seed and its fellows alone, so that a restart makes the same pairs.
 */
public final class Corruptor {
  /** Version of the ways and phrases, part of every dataset's identity. */
  public static final String VERSION = "spoilt-1";

  private static final int TRIES = 64;

  private final List<Corruption> ways =
      List.of(
          new RoboticCorruption(),
          new LeakCorruption(),
          new VerboseCorruption(),
          new UngroundedNumberCorruption(),
          new ColdCorruption(),
          new SeveralSuggestionsCorruption(),
          new IgnoresAskCorruption(),
          new GreetingCorruption());
  private final List<Sample> fellows;
  private final int pairsPerRow;
  private final long seed;

  /**
   * A corruptor.
   *
   * @param fellows rows on the same side of the split, whose sentences may appear in a spoilt one
   * @param pairsPerRow failures a row is spoilt with, from 0 to 8
   */
  public Corruptor(List<Sample> fellows, int pairsPerRow, long seed) {
    this.fellows = List.copyOf(fellows);
    this.pairsPerRow = Math.min(pairsPerRow, ways.size());
    this.seed = seed;
  }

  /** The pairs of {@code row}; none when its answer is too short to be taken apart. */
  public List<RawPair> pairs(Sample row) {
    SplittableRandom random = random(row);
    Optional<Answer> answer = Answer.of(row.idealAnswer());
    Optional<Answer> stranger = stranger(row, random);
    if (answer.isEmpty() || stranger.isEmpty()) {
      return List.of();
    }
    List<RawPair> pairs = new ArrayList<>();
    int first = random.nextInt(ways.size());
    for (int i = 0; i < pairsPerRow; i++) {
      Corruption way = ways.get((first + i) % ways.size());
      String spoilt = way.spoil(answer.get(), stranger.get(), random);
      pairs.add(RawPair.synthetic(pair(row, way, spoilt), Origin.SPOILT));
    }
    return pairs;
  }

  private static PreferencePair pair(Sample row, Corruption way, String spoilt) {
    String mode = way.mode().word();
    return new PreferencePair(
        row.id() + "#" + mode,
        row.family(),
        row.instruction(),
        row.context(),
        row.idealAnswer(),
        spoilt,
        way.rationale(),
        mode,
        row.source());
  }

  private Optional<Answer> stranger(Sample row, SplittableRandom random) {
    for (int i = 0; i < TRIES && !fellows.isEmpty(); i++) {
      Sample fellow = fellows.get(random.nextInt(fellows.size()));
      Optional<Answer> answer = Answer.of(fellow.idealAnswer());
      boolean other = !fellow.source().conversation().equals(row.source().conversation());
      if (other && (row.family().isBlank() || !fellow.family().equals(row.family()))) {
        if (answer.isPresent()) {
          return answer;
        }
      }
    }
    return Optional.empty();
  }

  private SplittableRandom random(Sample row) {
    String digest = Hashes.sha256(seed + "\n" + row.id());
    return new SplittableRandom(Long.parseUnsignedLong(digest.substring(0, 16), 16));
  }
}
