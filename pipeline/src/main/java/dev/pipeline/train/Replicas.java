package dev.pipeline.train;

import dev.pipeline.torch.Program;
import dev.pipeline.torch.Scope;
import dev.pipeline.torch.TensorList;
import dev.pipeline.torch.Torch;
import java.util.ArrayList;
import java.util.Collections;
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

  /** All of them, in order. */
  List<Replica> all() {
    return all;
  }

  /** The replica that the optimiser works on. */
  Replica first() {
    return all.get(0);
  }

  /**
   * Adds the gradients of all {@code tasks} up on the first device.
   *
   * @param total sizes of all tasks, by which each share is divided
   * @param seeds of dropout and noise, one a task
   * @return each task's share of the loss, in order
   */
  List<Share> accumulate(List<Task> tasks, double total, long[] seeds) {
    List<Share> shares =
        each(
            tasks.size(),
            (replica, index) -> tasks.get(index).accumulate(replica, total, seeds[index]));
    // A replica that had nothing to do has no gradients.
    for (Replica other : all.subList(1, Math.max(1, Math.min(all.size(), tasks.size())))) {
      addGradients(other);
    }
    return shares;
  }

  /** The summed loss of each task, in order, without gradients or dropout. */
  List<Share> evaluate(List<Task> tasks) {
    return each(tasks.size(), (replica, index) -> tasks.get(index).evaluate(replica));
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

  /** What is computed of a task. */
  interface Work<T> {
    T of(Replica replica, int index);
  }

  /** Does {@code work} for every index below {@code count}, and returns what it made, in order. */
  <T> List<T> each(int count, Work<T> work) {
    List<T> results = new ArrayList<>(Collections.nCopies(count, null));
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

  private <T> void share(int replica, List<T> results, Work<T> work) {
    for (int index = replica; index < results.size(); index += all.size()) {
      results.set(index, work.of(all.get(replica), index));
    }
  }

  @Override
  public void close() {
    threads.forEach(ExecutorService::shutdown);
    program.close();
    all.forEach(Replica::close);
  }
}
