package dev.pipeline.embed;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts letters, for tests that need vectors quickly and not their meaning. */
public final class LetterEmbedder implements Embedder {
  private final int dimensions;
  private final AtomicInteger embedded = new AtomicInteger();

  /** Vectors of {@code dimensions} numbers. */
  public LetterEmbedder(int dimensions) {
    this.dimensions = dimensions;
  }

  /** How many texts were embedded so far. */
  public int embedded() {
    return embedded.get();
  }

  @Override
  public String name() {
    return "letters";
  }

  @Override
  public int dimensions() {
    return dimensions;
  }

  @Override
  public List<float[]> embed(List<String> texts) {
    embedded.addAndGet(texts.size());
    return texts.stream().map(this::vector).toList();
  }

  private float[] vector(String text) {
    float[] counts = new float[dimensions];
    text.toLowerCase(Locale.ROOT)
        .chars()
        .filter(Character::isLetterOrDigit)
        .forEach(letter -> counts[letter % dimensions]++);
    return Vectors.unit(counts);
  }
}
