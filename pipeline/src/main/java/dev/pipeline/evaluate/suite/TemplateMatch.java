package dev.pipeline.evaluate.suite;

import dev.pipeline.evaluate.HoldoutRow;
import dev.pipeline.evaluate.JudgeMonitor;
import dev.pipeline.evaluate.ServedModel;
import dev.pipeline.evaluate.metric.Metric.Better;
import dev.pipeline.evaluate.metric.Metric.Description;
import dev.pipeline.evaluate.metric.Unit;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Whether the template in the served file asks as training did. A prompt without {@code
 * <|im_start|>assistant<|im_sep|>} at its end, where training always had it, is a text the model
 * never learned to answer.
 */
public final class TemplateMatch implements Suite {
  /** Key in {@code evaluation.json}. */
  public static final Description MATCH =
      new Description(
          "template_match",
          "Prompts as in training",
          Unit.SHARE,
          Better.HIGHER,
          "Hold-out prompts that the chat template in the served file renders byte for byte as in"
              + " training.");

  private final List<Item> items;

  /**
   * Compares prompts.
   *
   * @param trained the hold-out as training renders it
   * @param served the same rows as the served file renders them
   */
  public TemplateMatch(List<HoldoutRow> trained, List<HoldoutRow> served) {
    this.items =
        IntStream.range(0, trained.size())
            .mapToObj(row -> item(trained.get(row), served.get(row)))
            .toList();
  }

  private static Item item(HoldoutRow trained, HoldoutRow served) {
    return trained.prompt().equals(served.prompt())
        ? Item.measured(trained.id(), "same", "", 1, 1)
        : Item.measured(trained.id(), "differs", served.prompt(), 0, 1);
  }

  @Override
  public String name() {
    return "template";
  }

  @Override
  public SuiteResult judge(ServedModel served, JudgeMonitor monitor) {
    return new SuiteResult(name(), SuiteMetric.scores(metrics(), items), items);
  }

  /** The metric of this suite. */
  static List<SuiteMetric> metrics() {
    return List.of(SuiteMetric.share(MATCH, item -> item.value() > 0));
  }
}
