package dev.pipeline.train;

import dev.pipeline.chat.TrainingExample;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * The likelihood of the rows' trained tokens: cross-entropy, a mean over all tokens of a step.
 *
 * @param examples rows of an epoch, counted from 0; the same number of rows for each
 */
record Likelihood(
    IntFunction<List<TrainingExample>> examples,
    List<TrainingExample> held,
    TrainingSettings settings)
    implements Objective {
  @Override
  public int rows() {
    return examples.apply(0).size();
  }

  @Override
  public IntFunction<List<Task>> epoch(int number) {
    Epoch<TrainingExample> epoch =
        new Epoch<>(
            examples.apply(number), Batch::length, settings.batching(), settings.seed(), number);
    return step -> tasks(epoch.step(step));
  }

  @Override
  public List<Task> holdOut() {
    return tasks(held);
  }

  @Override
  public Map<String, Double> evaluated(Share mean) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("eval_loss", mean.loss());
    metrics.put("eval_perplexity", Math.exp(mean.loss()));
    return metrics;
  }

  private List<Task> tasks(List<TrainingExample> rows) {
    return settings.batching().batches(rows).stream().<Task>map(LikelihoodTask::new).toList();
  }

  private record LikelihoodTask(Batch batch) implements Task {
    @Override
    public int size() {
      return batch.trainedTokens();
    }

    @Override
    public Share accumulate(Replica replica, double total, long seed) {
      return Share.of(replica.pass().accumulate(batch, total, seed));
    }

    @Override
    public Share evaluate(Replica replica) {
      return Share.of(replica.pass().evaluate(batch));
    }
  }
}
