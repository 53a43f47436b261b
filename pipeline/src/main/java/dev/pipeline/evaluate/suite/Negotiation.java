package dev.pipeline.evaluate.suite;

import dev.pipeline.evaluate.JudgeMonitor;
import dev.pipeline.evaluate.ServedModel;
import dev.pipeline.evaluate.metric.Finding;
import dev.pipeline.evaluate.metric.Metric.Better;
import dev.pipeline.evaluate.metric.Metric.Description;
import dev.pipeline.evaluate.metric.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The negotiation benchmark that ships: a task succeeds when the answer keeps all four rules, each
 * a file of its own with examples of answers that keep and break it.
 */
public final class Negotiation implements Suite {
  private static final List<TaskRule> RULES =
      List.of(
          new GroundedTaskRule(), new OutstandingAskRule(), new OneNextStepRule(), new ToneRule());

  private static final Description SUCCESS =
      new Description(
          "task_success",
          "Task success",
          Unit.SHARE,
          Better.HIGHER,
          "Negotiation tasks whose answer keeps every rule of the benchmark.");

  private final List<NegotiationTask> tasks;
  private final Questions questions;

  /** A suite of {@code tasks}. */
  public Negotiation(List<NegotiationTask> tasks, Questions questions) {
    this.tasks = List.copyOf(tasks);
    this.questions = questions;
  }

  @Override
  public String name() {
    return "negotiation";
  }

  @Override
  public SuiteResult judge(ServedModel served, JudgeMonitor monitor) {
    List<Item> items = new ArrayList<>();
    int count = questions.count(tasks.size());
    for (NegotiationTask task : tasks.subList(0, count)) {
      String answer = questions.ask(served, task.context(), task.message());
      String mood = task.sentiment().name().toLowerCase(Locale.ROOT);
      items.add(Item.answered(task.id(), mood, task.message(), answer, broken(task, answer)));
      monitor.judged(name(), items.size(), count);
    }
    return new SuiteResult(name(), SuiteMetric.scores(metrics(), items), items);
  }

  /** The metrics of this suite: success, then one a rule. */
  static List<SuiteMetric> metrics() {
    return Stream.concat(
            Stream.of(SuiteMetric.share(SUCCESS, Item::passes)),
            RULES.stream()
                .map(
                    rule ->
                        SuiteMetric.share(description(rule), item -> !item.breaks(rule.name()))))
        .toList();
  }

  static List<TaskRule> rules() {
    return RULES;
  }

  /** The rules that {@code answer} breaks. */
  static List<Finding> broken(NegotiationTask task, String answer) {
    return RULES.stream()
        .flatMap(
            rule -> rule.check(task, answer).stream().map(why -> new Finding(rule.name(), why)))
        .toList();
  }

  private static Description description(TaskRule rule) {
    return new Description(
        "task_" + rule.name(),
        "Task rule: " + rule.name().replace('_', ' '),
        Unit.SHARE,
        Better.HIGHER,
        rule.sentence());
  }
}
