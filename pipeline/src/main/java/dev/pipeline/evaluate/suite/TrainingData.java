package dev.pipeline.evaluate.suite;

import dev.pipeline.data.Sample;
import dev.pipeline.data.redact.Identities;
import dev.pipeline.data.redact.Redactors;
import dev.pipeline.data.redact.Span;
import dev.pipeline.evaluate.JudgeMonitor;
import dev.pipeline.evaluate.ServedModel;
import dev.pipeline.evaluate.metric.Metric.Better;
import dev.pipeline.evaluate.metric.Metric.Description;
import dev.pipeline.evaluate.metric.Unit;
import java.util.List;

/**
 * What stands in the answers that were learned. A model need not repeat an identifier today to know
 * it, so what it was given counts, whatever it says: of the row {@code "We pay EUR 0.19 per kg."}
 * the price counts, of {@code "We pay EUR 0.10 to 0.20 per kg."} nothing. All models of an
 * evaluation are judged alike, for it is a matter of the data they are tuned on.
 */
public final class TrainingData implements Suite {
  /** Key in {@code evaluation.json}. */
  public static final Description IDENTIFIERS =
      new Description(
          "training_identifiers",
          "Training rows with identifiers",
          Unit.SHARE,
          Better.LOWER,
          "Training answers in which redaction finds an identifier or an exact price.");

  private final List<Item> items;

  /** A suite of the {@code learned} rows, in which {@code redactors} look for identifiers. */
  public TrainingData(List<Sample> learned, Redactors redactors) {
    this.items = learned.stream().map(row -> item(row, redactors)).toList();
  }

  /** The find itself is not repeated, for items are written to reports. */
  private static Item item(Sample row, Redactors redactors) {
    List<Span> spans = redactors.find(row.idealAnswer(), Identities.none());
    String kind = spans.isEmpty() ? "none" : spans.get(0).kind().word();
    return Item.measured(row.id(), kind, "", spans.size(), 1);
  }

  @Override
  public String name() {
    return "training-data";
  }

  @Override
  public SuiteResult judge(ServedModel served, JudgeMonitor monitor) {
    return new SuiteResult(name(), SuiteMetric.scores(metrics(), items), items);
  }

  /** The metric of this suite. */
  static List<SuiteMetric> metrics() {
    return List.of(SuiteMetric.share(IDENTIFIERS, item -> item.value() > 0));
  }
}
