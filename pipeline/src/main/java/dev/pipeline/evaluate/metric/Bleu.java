package dev.pipeline.evaluate.metric;

import java.util.Arrays;
import java.util.List;

/**
 * Corpus BLEU against one reference, equal to sacreBLEU's default ({@code
 * nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp}). Papineni et al., "BLEU" (2002); Post, "A Call for
 * Clarity in Reporting BLEU Scores" (2018).
 */
public final class Bleu implements Metric {
  /** Key in {@code evaluation.json}. */
  public static final String NAME = "bleu";

  @Override
  public Description description() {
    return new Description(
        NAME,
        "BLEU",
        Unit.OVERLAP,
        Better.HIGHER,
        "Overlap of word sequences with the reference answers, as sacreBLEU counts it.");
  }

  @Override
  public Statistic statistic(List<Sample> samples) {
    List<BleuCounts> counts =
        samples.stream().map(s -> BleuCounts.of(s.answer().text(), s.reference())).toList();
    return Statistic.of(
        counts.size(),
        rows -> BleuCounts.sum(Arrays.stream(rows).mapToObj(counts::get).toList()).score());
  }
}
