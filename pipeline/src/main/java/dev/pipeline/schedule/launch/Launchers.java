package dev.pipeline.schedule.launch;

import dev.pipeline.io.StopSignal;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.OutputStream;
import java.util.function.Consumer;

/** The launchers there are. */
public final class Launchers {
  private Launchers() {}

  /**
   * Runs where the launch's settings say, which is not here.
   *
   * @param log where the run's own output goes
   * @param say told of its state
   * @return the exit code of the run
   */
  public static int launch(Launch launch, OutputStream log, Consumer<String> say, StopSignal stop) {
    return switch (launch.needs().where()) {
      case SLURM -> new SlurmLauncher(log, say, stop).launch(launch);
      case KUBERNETES -> {
        try (KubernetesClient client = new KubernetesClientBuilder().build()) {
          yield new KubernetesLauncher(client, log, say, stop).launch(launch);
        }
      }
      case LOCAL -> throw new IllegalArgumentException("a local run needs no launcher");
    };
  }
}
