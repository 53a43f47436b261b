package dev.pipeline.jobs;

import org.jspecify.annotations.Nullable;

/** The lock and the store, taken only when a job really has to run. */
final class Session implements AutoCloseable {
  private final RunRequest request;
  private final RunLock.Task task;
  private @Nullable RunLock lock;
  private @Nullable JobStore store;

  Session(RunRequest request) {
    this(request, new RunLock.Task(request.command(), ""));
  }

  /** One that tells others what it is about. */
  Session(RunRequest request, RunLock.Task task) {
    this.request = request;
    this.task = task;
  }

  /** A launcher of the jobs of {@code part}; the first call takes the lock and opens the store. */
  Launcher launcher(RunRequest part) {
    return new Launcher(store(), part);
  }

  /** The store; the first call takes the lock, too. */
  JobStore store() {
    Workspace workspace = Workspace.of(request.config().model());
    if (lock == null) {
      lock = RunLock.acquire(workspace.jobs(), task);
    }
    if (store == null) {
      store = JobStore.open(request.config().database(), workspace.jobs());
    }
    return store;
  }

  @Override
  public void close() {
    if (store != null) {
      store.close();
    }
    if (lock != null) {
      lock.close();
    }
  }
}
