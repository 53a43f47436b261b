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
    int rows = examplesOfEpoch.apply(0).size();
    this.stepsPerEpoch = Epoch.steps(rows, settings.batching());
    this.totalSteps = settings.batching().steps(rows, settings.epochs());
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
        StepFigures figures = step(batches, schedule.at(state.step()), optimizer, log);
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

  private Epoch epoch(int number) {
    return new Epoch(examplesOfEpoch.apply(number), settings.batching(), settings.seed(), number);
  }

  private StepFigures step(
      List<Batch> batches, double learningRate, AdamW optimizer, MetricsLog log) {
    long started = System.nanoTime();
    double total = batches.stream().mapToInt(Batch::trainedTokens).sum();
    long[] seeds = new long[batches.size()];
    Arrays.setAll(seeds, micro -> Seeds.mix(settings.seed(), state.step(), micro));
    double[] shares = replicas.accumulate(batches, total, seeds);
    double norm = optimizer.step(learningRate);
    double loss = 0;
    int tokens = 0;
    for (int micro = 0; micro < shares.length; micro++) {
      loss += shares[micro];
      tokens += batches.get(micro).tokens();
    }
    StepFigures figures = new StepFigures(state.step() + 1, loss, norm, learningRate);
    if (!figures.isFinite()) {
      throw figures.diverged("these are no finite numbers" + rowsAtFault(batches, shares));
    }
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
    log.append(metrics);
    return figures;
  }

  /** The rows of the first batch whose loss is no finite number, in words. */
  private static String rowsAtFault(List<Batch> batches, double[] shares) {
    for (int micro = 0; micro < shares.length; micro++) {
      if (!Double.isFinite(shares[micro])) {
        return ", in rows "
            + batches.get(micro).examples().stream().map(TrainingExample::id).toList();
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
    if (due && !holdOut.isEmpty()) {
      double loss = holdOutLoss();
      if (!Double.isFinite(loss)) {
        throw figures.diverged("the hold-out loss after it is " + loss);
      }
      state = state.evaluated(loss);
      Map<String, Object> metrics = new LinkedHashMap<>();
      metrics.put("step", state.step());
      metrics.put("eval_loss", loss);
      metrics.put("eval_perplexity", Math.exp(loss));
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

  private double holdOutLoss() {
    List<Batch> batches = settings.batching().batches(holdOut);
    double sum = Arrays.stream(replicas.evaluate(batches)).sum();
    return sum / batches.stream().mapToLong(Batch::trainedTokens).sum();
  }

  private boolean outOfPatience() {
    return settings.patience() > 0 && state.evaluationsSinceBest() >= settings.patience();
  }
}
