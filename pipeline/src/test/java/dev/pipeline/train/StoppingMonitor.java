package dev.pipeline.train;

/** Asks for a stop once so many steps were done by this run. */
final class StoppingMonitor implements TrainingMonitor {
  private final int stopAfter;
  private int steps;

  StoppingMonitor(int stopAfter) {
    this.stopAfter = stopAfter;
  }

  @Override
  public void step(Progress progress) {
    steps++;
  }

  @Override
  public void evaluated(int step, double loss, boolean best) {}

  @Override
  public boolean stopRequested() {
    return steps >= stopAfter;
  }
}
