package dev.pipeline.schedule.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pipeline.config.LaunchConfig.Where;
import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import dev.pipeline.io.StopSignal;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** On fabric8's server, which keeps objects as Kubernetes' API does; the test plays the cluster. */
@EnableKubernetesMockClient(crud = true)
class KubernetesLauncherTest {
  private static final Launch LAUNCH = Launched.launch(Where.KUBERNETES, Path.of("logs"));
  private static final String NAMESPACE = "training";

  /** The extension of fabric8 sets it. */
  @SuppressWarnings("NullAway.Init")
  KubernetesClient client;

  /** The extension of fabric8 sets it. */
  @SuppressWarnings("NullAway.Init")
  KubernetesMockServer server;

  private final StopSignal stop = new StopSignal();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

  @Test
  void theServerTakesTheJobAsItIsMeant() {
    CompletableFuture<Integer> run = launch();
    Job job = created();
    end(job, "Complete", 0);
    assertThat(run.join()).isZero();

    Container container = job.getSpec().getTemplate().getSpec().getContainers().get(0);
    assertThat(container.getImage()).isEqualTo("registry.example/pipeline:7");
    assertThat(container.getCommand())
        .containsExactly(
            "/opt/pipe line/scripts/pipeline",
            "run",
            "sft",
            Launched.AWKWARD.replace("$(", "$$("),
            "--launch",
            "local");
    assertThat(container.getResources().getLimits())
        .containsEntry("nvidia.com/gpu", new Quantity("1"));
    assertThat(container.getEnv()).as("secrets by reference alone").isEmpty();
    assertThat(container.getEnvFrom().get(0).getSecretRef().getName())
        .isEqualTo("pipeline-secrets");
    assertThat(job.getSpec().getPodFailurePolicy().getRules()).hasSize(1);
    assertThat(job.getSpec().getActiveDeadlineSeconds()).isEqualTo(12 * 3600);
  }

  @Test
  void theExitCodeOfTheRunComesBack() {
    CompletableFuture<Integer> run = launch();
    end(created(), "Failed", ExitCode.GATE_FAILED.status());
    assertThat(run.join()).isEqualTo(ExitCode.GATE_FAILED.status());
  }

  @Test
  void theLogIsShownToItsEndThoughTheRunEndedBeforeItWasLookedAt() {
    CompletableFuture<Integer> run = launch();
    Job job = created();
    String words = "step 1\n".repeat(20_000) + "error: no line of the raw files\n";
    server
        .expect()
        .get()
        .withPath(
            "/api/v1/namespaces/%s/pods/%s/log?pretty=false&follow=true"
                .formatted(NAMESPACE, podOf(job)))
        .andReturn(200, words)
        .once();
    end(job, "Failed", ExitCode.REFUSED.status());
    assertThat(run.join()).isEqualTo(ExitCode.REFUSED.status());
    assertThat(log.toString(StandardCharsets.UTF_8)).isEqualTo(words);
  }

  @Test
  void stoppingDeletesTheJob() {
    CompletableFuture<Integer> run = launch();
    created();
    stop.request("interrupted");
    Failure failure =
        catchThrowableOfType(
            Failure.class,
            () -> {
              try {
                run.join();
              } catch (java.util.concurrent.CompletionException e) {
                throw e.getCause();
              }
            });
    assertThat(failure.exitCode()).isEqualTo(ExitCode.INTERRUPTED);
    assertThat(jobs()).isEmpty();
  }

  @Test
  void aClusterThatIsNotThereIsNamedWithTheReason() {
    Config nowhere = new ConfigBuilder().withMasterUrl("http://127.0.0.1:1").build();
    nowhere.setRequestRetryBackoffLimit(0);
    try (KubernetesClient away = new KubernetesClientBuilder().withConfig(nowhere).build()) {
      KubernetesLauncher launcher = new KubernetesLauncher(away, log, words -> {}, stop);
      Failure failure = catchThrowableOfType(Failure.class, () -> launcher.launch(LAUNCH));
      assertThat(failure.exitCode()).isEqualTo(ExitCode.INFRASTRUCTURE);
      assertThat(failure.reason())
          .startsWith("the cluster at http://127.0.0.1:1/ cannot be asked: ")
          .contains("ConnectException");
    }
  }

  private CompletableFuture<Integer> launch() {
    KubernetesLauncher launcher = new KubernetesLauncher(client, log, words -> {}, stop);
    return CompletableFuture.supplyAsync(() -> launcher.launch(LAUNCH));
  }

  private static String podOf(Job job) {
    return job.getMetadata().getName() + "-x";
  }

  private List<Job> jobs() {
    return client.batch().v1().jobs().inNamespace(NAMESPACE).list().getItems();
  }

  private Job created() {
    while (jobs().isEmpty()) {
      LockSupport.parkNanos(10_000_000);
    }
    return jobs().get(0);
  }

  /** What the cluster's controllers and the node would write. */
  private void end(Job job, String condition, int exitCode) {
    client
        .resource(
            new PodBuilder()
                .withNewMetadata()
                .withName(podOf(job))
                .withNamespace(NAMESPACE)
                .addToLabels("job-name", job.getMetadata().getName())
                .endMetadata()
                .withNewStatus()
                .withPhase(condition.equals("Complete") ? "Succeeded" : "Failed")
                .addNewContainerStatus()
                .withNewState()
                .withNewTerminated()
                .withExitCode(exitCode)
                .endTerminated()
                .endState()
                .endContainerStatus()
                .endStatus()
                .build())
        .create();
    client
        .resource(
            new JobBuilder(job)
                .withNewStatus()
                .addNewCondition()
                .withType(condition)
                .withStatus("True")
                .endCondition()
                .endStatus()
                .build())
        .updateStatus();
  }
}
