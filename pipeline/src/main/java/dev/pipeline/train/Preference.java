package dev.pipeline.train;

import dev.pipeline.train.preference.PreferenceLoss;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** A preference loss, as a mean over the pairs of a step. */
record Preference(
    List<PreferenceRow> pairs,
    List<PreferenceRow> held,
    PreferenceLoss loss,
    Reference reference,
    TrainingSettings settings)
    implements Objective {
  @Override
  public int rows() {
    return pairs.size();
  }

  @Override
  public IntFunction<List<Task>> epoch(int number) {
    Epoch<PreferenceRow> epoch =
        new Epoch<>(pairs, PreferenceRow::length, settings.batching(), settings.seed(), number);
    return step -> List.copyOf(tasks(epoch.step(step)));
  }

  @Override
  public List<Task> holdOut() {
    return List.copyOf(tasks(held));
  }

  /** The pairs of the very first step. */
  List<PairTask> firstStep() {
    return tasks(
        new Epoch<>(pairs, PreferenceRow::length, settings.batching(), settings.seed(), 0).step(0));
  }

  @Override
  public Map<String, Double> evaluated(Share mean) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("eval_loss", mean.loss());
    mean.metrics().forEach((name, value) -> metrics.put("eval_" + name, value));
    return metrics;
  }

  private List<PairTask> tasks(List<PreferenceRow> rows) {
    return settings.batching().parts(rows, PreferenceRow::length).stream()
        .map(part -> new PairTask(part, loss, reference))
        .toList();
  }
}
