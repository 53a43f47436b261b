package dev.pipeline.train;

import dev.pipeline.chat.TrainingExample;
import dev.pipeline.io.Failure;
import dev.pipeline.torch.Tensor;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/** Optimiser steps over epochs, with checkpoints that resume bit for bit. Shared by all recipes. */
final class TrainingLoop {
  private final TrainingSettings settings;
  private final Objective objective;
  private final Replicas replicas;
  private final CheckpointStore checkpoints;
  private final TrainingMonitor monitor;
  private final int stepsPerEpoch;
  private final int totalSteps;
  private TrainingState state = TrainingState.start();

  TrainingLoop(
      TrainingSettings settings,
      Objective objective,
      Replicas replicas,
      CheckpointStore checkpoints,
      TrainingMonitor monitor) {
    this.settings = settings;
    this.objective = objective;
    this.replicas = replicas;
    this.checkpoints = checkpoints;
    this.monitor = monitor;
    this.stepsPerEpoch = Epoch.steps(objective.rows(), settings.batching());
    this.totalSteps = settings.batching().steps(objective.rows(), settings.epochs());
  }

  /** Trains, from {@code saved} on when there is one, and returns the state at the end. */
  TrainingState run(Optional<CheckpointStore.Saved> saved, Path metricsFile) {
    Map<String, Tensor> parameters = replicas.first().parameters();
    state = saved.map(CheckpointStore.Saved::state).orElseGet(TrainingState::start);
    MetricsLog log = new MetricsLog(metricsFile, state.step());
    CosineSchedule schedule =
        new CosineSchedule(settings.learningRate(), settings.warmupSteps(), totalSteps);
    Map<String, float[]> moments = saved.map(CheckpointStore.Saved::optimizer).orElseGet(Map::of);
    try (AdamW optimizer =
        new AdamW(
            replicas.first().torch(), parameters, settings.optimizer(), moments, state.step())) {
      IntFunction<List<Task>> epoch = objective.epoch(state.step() / stepsPerEpoch);
      while (state.step() < totalSteps && !outOfPatience()) {
        if (state.step() % stepsPerEpoch == 0) {
          epoch = objective.epoch(state.step() / stepsPerEpoch);
        }
        List<Task> tasks = epoch.apply(state.step() % stepsPerEpoch);
        StepFigures figures = step(tasks, schedule.at(state.step()), optimizer, log);
        boolean stop = monitor.stopRequested() && state.step() < totalSteps;
        if (state.step() % settings.saveSteps() == 0 || state.step() == totalSteps || stop) {
          checkpoint(figures, parameters, optimizer, log, stop);
        }
        if (stop) {
          throw Failure.interrupted(
              "stopped after step " + state.step() + " of " + totalSteps,
              "run the same command again to continue from there");
        }
      }
    }
    return state;
  }

  private StepFigures step(List<Task> tasks, double learningRate, AdamW optimizer, MetricsLog log) {
    long started = System.nanoTime();
    double total = tasks.stream().mapToInt(Task::size).sum();
    long[] seeds = new long[tasks.size()];
    Arrays.setAll(seeds, micro -> Seeds.mix(settings.seed(), state.step(), micro));
    List<Share> shares = replicas.accumulate(tasks, total, seeds);
    double norm = optimizer.step(learningRate);
    Share sum = Share.sum(shares);
    StepFigures figures = new StepFigures(state.step() + 1, sum.loss(), norm, learningRate);
    if (!figures.isFinite()) {
      throw figures.diverged("these are no finite numbers" + rowsAtFault(tasks, shares));
    }
    int tokens = tasks.stream().mapToInt(task -> task.batch().tokens()).sum();
    replicas.spread();
    state = state.stepped(tokens);
    double rate = tokens / ((System.nanoTime() - started) / 1e9);
    monitor.step(
        new TrainingMonitor.Progress(state.step(), totalSteps, sum.loss(), learningRate, rate));
    Map<String, Object> metrics = new LinkedHashMap<>();
    metrics.put("step", state.step());
    metrics.put("epoch", (double) state.step() / stepsPerEpoch);
    metrics.put("loss", sum.loss());
    metrics.putAll(sum.metrics());
    metrics.put("learning_rate", learningRate);
    metrics.put("grad_norm", norm);
    metrics.put("tokens", state.tokens());
    metrics.put("tokens_per_second", rate);
    log.append(metrics);
    return figures;
  }

  /** The rows of the first batch whose loss is no finite number, in words. */
  private static String rowsAtFault(List<Task> tasks, List<Share> shares) {
    for (int micro = 0; micro < shares.size(); micro++) {
      if (!Double.isFinite(shares.get(micro).loss())) {
        return ", in rows "
            + tasks.get(micro).batch().examples().stream()
                .map(TrainingExample::id)
                .distinct()
                .toList();
      }
    }
    return "";
  }

  private void checkpoint(
      StepFigures figures,
      Map<String, Tensor> parameters,
      AdamW optimizer,
      MetricsLog log,
      boolean stopping) {
    // A stop must not shift later evaluations, or the resumed run would differ from an undisturbed
    // one.
    boolean due = state.step() % settings.saveSteps() == 0 || state.step() == totalSteps;
    List<Task> holdOut = due ? objective.holdOut() : List.of();
    if (!holdOut.isEmpty()) {
      Share mean = mean(holdOut);
      double loss = mean.loss();
      if (!Double.isFinite(loss)) {
        throw figures.diverged("the hold-out loss after it is " + loss);
      }
      state = state.evaluated(loss);
      Map<String, Object> metrics = new LinkedHashMap<>();
      metrics.put("step", state.step());
      metrics.putAll(objective.evaluated(mean));
      log.append(metrics);
      monitor.evaluated(state.step(), loss, state.bestStep() == state.step());
    }
    double norm = optimizer.weightNorm();
    if (!Double.isFinite(norm)) {
      throw figures.diverged("the norm of the weights after it is " + norm);
    }
    if (due || stopping) {
      checkpoints.save(state, parameters, optimizer.state());
    }
  }

  private Share mean(List<Task> tasks) {
    long total = tasks.stream().mapToLong(Task::size).sum();
    return Share.sum(replicas.evaluate(tasks)).over((double) total);
  }

  private boolean outOfPatience() {
    return settings.patience() > 0 && state.evaluationsSinceBest() >= settings.patience();
  }
}
