package dev.pipeline.evaluate.metric;

import dev.pipeline.io.Json;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Golden scores that {@code scripts/peers/bleu.py} wrote. */
record SacreBleu(String peer, List<Corpus> cases, List<Pair> pairs, Whole whole) {
  /** A corpus and its scores. */
  record Corpus(
      String name, List<String> hypotheses, List<String> references, double bleu, double chrf) {
    /** What {@code metric} says of it. */
    double score(Metric metric) {
      return metric
          .score(
              IntStream.range(0, references.size())
                  .mapToObj(i -> Samples.bleu(hypotheses.get(i), references.get(i)))
                  .toList())
          .orElseThrow()
          .value();
    }
  }

  /** A pair and its scores as a corpus of one. */
  record Pair(String hypothesis, String reference, double bleu, double chrf) {}

  /** Scores of all pairs together. */
  record Whole(double bleu, double chrf) {}

  static SacreBleu read() throws IOException {
    try (InputStream in = SacreBleu.class.getResourceAsStream("/evaluate/bleu.json")) {
      return Json.mapper().readValue(in, SacreBleu.class);
    }
  }

  /** The handmade and random corpora, and all pairs as one more. */
  List<Corpus> corpora() {
    List<Corpus> corpora = new ArrayList<>(cases);
    corpora.add(
        new Corpus(
            "all_pairs",
            pairs.stream().map(Pair::hypothesis).toList(),
            pairs.stream().map(Pair::reference).toList(),
            whole.bleu(),
            whole.chrf()));
    return corpora;
  }
}
