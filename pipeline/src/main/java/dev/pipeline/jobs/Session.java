package dev.pipeline.jobs;

import org.jspecify.annotations.Nullable;

/** The lock and the store, taken only when a job really has to run. */
final class Session implements AutoCloseable {
  private final RunRequest request;
  private @Nullable RunLock lock;
  private @Nullable JobStore store;

  Session(RunRequest request) {
    this.request = request;
  }

  /** A launcher; the first call takes the lock and opens the store. */
  Launcher launcher() {
    Workspace workspace = Workspace.of(request.config().model());
    if (lock == null) {
      lock = RunLock.acquire(workspace.jobs(), request.command());
    }
    if (store == null) {
      store = JobStore.open(request.config().database(), workspace.jobs());
    }
    return new Launcher(store, request);
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
