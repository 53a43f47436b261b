package dev.pipeline.talk;

import java.util.ArrayList;
import java.util.List;

/**
 * Ends the answers that are being written. Safe to press from any thread, a signal's among them.
 */
public final class StopButton {
  private final List<Runnable> wired = new ArrayList<>();
  private boolean pressed;

  /** Asks for the end of what is being written. */
  public void press() {
    List<Runnable> now;
    synchronized (this) {
      pressed = true;
      now = List.copyOf(wired);
    }
    now.forEach(Runnable::run);
  }

  /** Whether it was pressed since {@link #release}. */
  public synchronized boolean isPressed() {
    return pressed;
  }

  /** Makes it ready for the next answer. */
  public synchronized void release() {
    pressed = false;
  }

  /** Pressing does {@code action}, too, until {@link #unwire}; for work that waits for others. */
  void wire(Runnable action) {
    boolean already;
    synchronized (this) {
      wired.add(action);
      already = pressed;
    }
    if (already) {
      action.run();
    }
  }

  synchronized void unwire(Runnable action) {
    wired.remove(action);
  }
}
