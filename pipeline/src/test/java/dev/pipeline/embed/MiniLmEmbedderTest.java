package dev.pipeline.embed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MiniLmEmbedderTest {
  private final Embedder embedder = new MiniLmEmbedder();

  @Test
  void whatMeansTheSameLiesCloserThanWhatDoesNot() {
    List<float[]> vectors =
        embedder.embed(
            List.of(
                "The delivery came two weeks late.",
                "Our shipment was delayed by a fortnight.",
                "Paint the wall green."));

    assertThat(vectors).allSatisfy(vector -> assertThat(vector).hasSize(embedder.dimensions()));
    assertThat(Vectors.cosine(vectors.get(0), vectors.get(1)))
        .isGreaterThan(0.5)
        .isGreaterThan(0.3 + Vectors.cosine(vectors.get(0), vectors.get(2)));
  }

  @Test
  void equalTextHasEqualVectorsOfLengthOne() {
    float[] vector = embedder.embed("Could you send the log?");

    assertThat(embedder.embed("Could you send the log?")).isEqualTo(vector);
    assertThat(Vectors.cosine(vector, vector)).isBetween(1 - 1e-9, 1 + 1e-9);
  }

  @Test
  void textBeyondWhatTheModelReadsAtOnceCounts() {
    String start = "The delivery came late. ".repeat(20);
    float[] vector = embedder.embed(start);

    double some = Vectors.cosine(vector, embedder.embed(start + "Paint it green. ".repeat(20)));
    double more = Vectors.cosine(vector, embedder.embed(start + "Paint it green. ".repeat(200)));
    assertThat(some).isLessThan(0.95).isGreaterThan(more + 0.1);
  }

  @Test
  void windowsLoseNothingAndCutNoWordOrCharacter() {
    String text = "some words of a text ".repeat(100).strip();
    List<String> windows = MiniLmEmbedder.windows(text);
    assertThat(String.join("", windows)).isEqualTo(text);
    assertThat(windows)
        .hasSizeLessThan(9)
        .allSatisfy(window -> assertThat(window).hasSizeLessThan(321).doesNotStartWith("ord"));

    String signs = "x" + "😀".repeat(1000);
    assertThat(String.join("", MiniLmEmbedder.windows(signs))).isEqualTo(signs);
    assertThat(MiniLmEmbedder.windows(signs))
        .noneMatch(window -> Character.isLowSurrogate(window.charAt(0)));
    assertThat(MiniLmEmbedder.windows("")).isEmpty();
  }

  @Test
  void whatSaysNothingIsAllZeros() {
    assertThat(embedder.embed(" \n-- ")).containsOnly(0f).hasSize(384);
  }
}
