package dev.pipeline.cli;

import dev.pipeline.io.ExitCode;
import dev.pipeline.io.StopSignal;
import java.lang.reflect.Proxy;
import java.util.List;

/**
 * Ctrl-C, SIGTERM and a closed terminal ask the work to stop at its next safe point; asking twice
 * ends the process at once.
 *
 * <p>A shutdown hook would be too late: H2 closes its file in one of its own, before the work has
 * told where it stopped. So the signals themselves are handled, by reflection because the compiler
 * objects to the only class that can.
 */
final class Interruption {
  private static final List<String> SIGNALS = List.of("INT", "TERM", "HUP");

  private final StopSignal stop;

  private Interruption(StopSignal stop) {
    this.stop = stop;
  }

  /** Handles the signals from now on; without effect on a runtime that cannot. */
  static void install(StopSignal stop) {
    on(SIGNALS, new Interruption(stop)::received);
  }

  /** Does {@code action} at {@code signals} from now on, in place of what was done before. */
  static void on(List<String> signals, Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (self, method, arguments) -> {
                action.run();
                return null;
              });
      for (String name : signals) {
        signal
            .getMethod("handle", signal, handler)
            .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
      }
    } catch (ReflectiveOperationException e) {
      // Then a signal ends the process at once, which costs at most the work since a checkpoint.
    }
  }

  private void received() {
    if (stop.isRequested()) {
      Runtime.getRuntime().halt(ExitCode.INTERRUPTED.status());
    }
    stop.request("interrupted");
    System.err.println("stopping at the next safe point; once more to stop at once");
  }
}
