package dev.pipeline.train;

import dev.pipeline.torch.Program;
import dev.pipeline.torch.Scope;
import dev.pipeline.torch.TensorList;
import dev.pipeline.torch.Torch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * One model on one or several devices, which share out the micro-batches of an optimiser step (data
 * parallelism: Li et al. 2020, "PyTorch Distributed", section 2.2).
 *
 * <p>Micro-batch i goes to replica i mod n, each replica working on a thread of its own. Gradients
 * are then added up on the first device, replica by replica in their order, so that a run is
 * repeatable; the optimiser steps there, and the others take over what it made. With one replica
 * everything happens on the caller's thread and nothing is copied.
 */
final class Replicas implements AutoCloseable {
  private final List<Replica> all;
  private final List<ExecutorService> threads = new ArrayList<>();
  private final Program program;

  /** Replicas whose weights are equal; they are closed with this. */
  Replicas(List<Replica> all) {
    this.all = List.copyOf(all);
    this.program = first().torch().program("replicas");
    if (all.size() > 1) {
      all.forEach(replica -> threads.add(thread()));
    }
  }

  private static ExecutorService thread() {
    ExecutorService thread =
        Executors.newSingleThreadExecutor(
            work -> {
              Thread made = new Thread(work, "replica");
              made.setDaemon(true);
              return made;
            });
    CompletableFuture.runAsync(Torch::useThisThread, thread).join();
    return thread;
  }

  /** The replica that the optimiser works on. */
  Replica first() {
    return all.get(0);
  }

  /**
   * Adds the gradients of all {@code batches} up on the first device.
   *
   * @param total trained tokens of all batches, by which each share is divided
   * @param seeds of dropout and noise, one a batch
   * @return each batch's share of the loss, in order
   */
  double[] accumulate(List<Batch> batches, double total, long[] seeds) {
    double[] shares =
        each(
            batches.size(),
            (pass, index) -> pass.accumulate(batches.get(index), total, seeds[index]));
    // A replica that had nothing to do has no gradients.
    for (Replica other : all.subList(1, Math.max(1, Math.min(all.size(), batches.size())))) {
      addGradients(other);
    }
    return shares;
  }

  /** The summed loss of each batch, in order, without gradients or dropout. */
  double[] evaluate(List<Batch> batches) {
    return each(batches.size(), (pass, index) -> pass.evaluate(batches.get(index)));
  }

  /** Gives the first replica's parameters to the others. */
  void spread() {
    for (Replica other : all.subList(1, all.size())) {
      Torch torch = first().torch();
      try (Scope scope = torch.root().inner()) {
        torch.withoutGradient(
            () -> scope.call(program, "copy", other.weights(), first().weights()));
      }
    }
  }

  private void addGradients(Replica other) {
    Torch torch = first().torch();
    try (Scope scope = torch.root().inner();
        TensorList sums = first().gradients(scope);
        TensorList parts = other.gradients(scope)) {
      torch.withoutGradient(() -> scope.call(program, "add", sums, parts));
    }
    other.clearGradients();
  }

  /** What is computed of a batch. */
  private interface Work {
    double of(GradientPass pass, int index);
  }

  private double[] each(int count, Work work) {
    double[] results = new double[count];
    if (all.size() == 1) {
      share(0, results, work);
      return results;
    }
    List<CompletableFuture<Void>> shares = new ArrayList<>();
    for (int replica = 0; replica < all.size(); replica++) {
      int own = replica;
      shares.add(CompletableFuture.runAsync(() -> share(own, results, work), threads.get(replica)));
    }
    try {
      // Waits for all, also when one fails: nothing may be freed that another still computes with.
      CompletableFuture.allOf(shares.toArray(CompletableFuture[]::new)).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException known) {
        throw known;
      }
      throw e;
    }
    return results;
  }

  private void share(int replica, double[] results, Work work) {
    for (int index = replica; index < results.length; index += all.size()) {
      results[index] = work.of(all.get(replica).pass(), index);
    }
  }

  @Override
  public void close() {
    threads.forEach(ExecutorService::shutdown);
    program.close();
    all.forEach(Replica::close);
  }
}
