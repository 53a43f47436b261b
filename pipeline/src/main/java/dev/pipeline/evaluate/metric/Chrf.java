package dev.pipeline.evaluate.metric;

import java.util.Arrays;
import java.util.List;

/**
 * Corpus chrF against one reference, equal to sacreBLEU's default ({@code
 * nrefs:1|case:mixed|eff:yes|nc:6|nw:0|space:no}): "the price" against "the prices" scores 86.3,
 * where BLEU, which knows only whole words, scores 0. Popović, "chrF: character n-gram F-score for
 * automatic MT evaluation" (2015).
 */
public final class Chrf implements Metric {
  /** Key in {@code evaluation.json}. */
  public static final String NAME = "chrf";

  @Override
  public Description description() {
    return new Description(
        NAME,
        "chrF",
        Unit.OVERLAP,
        Better.HIGHER,
        "Overlap of character sequences with the reference answers, as sacreBLEU counts it.");
  }

  @Override
  public Statistic statistic(List<Sample> samples) {
    List<ChrfCounts> counts =
        samples.stream().map(s -> ChrfCounts.of(s.answer().text(), s.reference())).toList();
    return Statistic.of(
        counts.size(),
        rows -> ChrfCounts.sum(Arrays.stream(rows).mapToObj(counts::get).toList()).score());
  }
}
