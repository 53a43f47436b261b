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
  private static final String KEPT = "the last checkpoint is kept";

  private final TrainingSettings settings;
  private final IntFunction<List<TrainingExample>> examplesOfEpoch;
  private final List<TrainingExample> holdOut;
  private final Replicas replicas;
  private final CheckpointStore checkpoints;
  private final TrainingMonitor monitor;
  private final int stepsPerEpoch;
  private final int totalSteps;
  private TrainingState state = TrainingState.start();

  /**
   * A loop.
   *
   * @param examplesOfEpoch rows of an epoch, counted from 0; the same number of rows for each
   */
  TrainingLoop(
      TrainingSettings settings,
      IntFunction<List<TrainingExample>> examplesOfEpoch,
      List<TrainingExample> holdOut,
      Replicas replicas,
      CheckpointStore checkpoints,
      TrainingMonitor monitor) {
    this.settings = settings;
    this.examplesOfEpoch = examplesOfEpoch;
    this.holdOut = holdOut;
    this.replicas = replicas;
    this.checkpoints = checkpoints;
    this.monitor = monitor;
    this.stepsPerEpoch = Epoch.steps(examplesOfEpoch.apply(0).size(), settings.batching());
    this.totalSteps = stepsPerEpoch * settings.epochs();
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
      Epoch epoch = epoch(state.step() / stepsPerEpoch);
      while (state.step() < totalSteps && !outOfPatience()) {
        if (state.step() % stepsPerEpoch == 0) {
          epoch = epoch(state.step() / stepsPerEpoch);
        }
        List<Batch> batches = epoch.step(state.step() % stepsPerEpoch);
        log.append(step(batches, schedule.at(state.step()), optimizer));
        boolean stop = monitor.stopRequested() && state.step() < totalSteps;
        if (state.step() % settings.saveSteps() == 0 || state.step() == totalSteps || stop) {
          checkpoint(parameters, optimizer, log, stop);
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

  private Epoch epoch(int number) {
    return new Epoch(examplesOfEpoch.apply(number), settings.batching(), settings.seed(), number);
  }

  private Map<String, Object> step(List<Batch> batches, double learningRate, AdamW optimizer) {
    long started = System.nanoTime();
    double total = batches.stream().mapToInt(Batch::trainedTokens).sum();
    long[] seeds = new long[batches.size()];
    Arrays.setAll(seeds, micro -> Seeds.mix(settings.seed(), state.step(), micro));
    double[] shares = replicas.accumulate(batches, total, seeds);
    double loss = 0;
    int tokens = 0;
    for (int micro = 0; micro < batches.size(); micro++) {
      refuseNaN(shares[micro], batches.get(micro));
      loss += shares[micro];
      tokens += batches.get(micro).tokens();
    }
    double norm = optimizer.step(learningRate);
    replicas.spread();
    state = state.stepped(tokens);
    double rate = tokens / ((System.nanoTime() - started) / 1e9);
    monitor.step(new TrainingMonitor.Progress(state.step(), totalSteps, loss, learningRate, rate));
    Map<String, Object> metrics = new LinkedHashMap<>();
    metrics.put("step", state.step());
    metrics.put("epoch", (double) state.step() / stepsPerEpoch);
    metrics.put("loss", loss);
    metrics.put("learning_rate", learningRate);
    metrics.put("grad_norm", norm);
    metrics.put("tokens", state.tokens());
    metrics.put("tokens_per_second", rate);
    return metrics;
  }

  private void refuseNaN(double share, Batch batch) {
    if (!Double.isFinite(share)) {
      throw Failure.trainingStopped(
          "the loss is not a number at step "
              + (state.step() + 1)
              + ", in rows "
              + batch.examples().stream().map(TrainingExample::id).toList(),
          "lower learning_rate or inspect these rows; " + KEPT);
    }
  }

  private void checkpoint(
      Map<String, Tensor> parameters, AdamW optimizer, MetricsLog log, boolean stopping) {
    // A stop must not shift later evaluations, or the resumed run would differ from an undisturbed
    // one.
    boolean due = state.step() % settings.saveSteps() == 0 || state.step() == totalSteps;
    if (due && !holdOut.isEmpty()) {
      double loss = holdOutLoss();
      state = state.evaluated(loss);
      Map<String, Object> metrics = new LinkedHashMap<>();
      metrics.put("step", state.step());
      metrics.put("eval_loss", loss);
      metrics.put("eval_perplexity", Math.exp(loss));
      log.append(metrics);
      monitor.evaluated(state.step(), loss, state.bestStep() == state.step());
    }
    if (due || stopping) {
      checkpoints.save(state, parameters, optimizer.state());
    }
  }

  private double holdOutLoss() {
    List<Batch> batches = settings.batching().batches(holdOut);
    double sum = Arrays.stream(replicas.evaluate(batches)).sum();
    return sum / batches.stream().mapToLong(Batch::trainedTokens).sum();
  }

  private boolean outOfPatience() {
    return settings.patience() > 0 && state.evaluationsSinceBest() >= settings.patience();
  }
}
