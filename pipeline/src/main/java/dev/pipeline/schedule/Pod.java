package dev.pipeline.schedule;

import dev.pipeline.config.LaunchConfig;
import dev.pipeline.io.Json;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a pod of Kubernetes runs, kubernetes.io/docs/reference, PodSpec: for scheduled jobs and for
 * single runs alike. Secrets stand in it by the name of their Secret alone.
 *
 * @param image holds the program below {@code root}
 * @param command the program and its words
 * @param root the project's root in the image
 * @param claim name of the PersistentVolumeClaim with artefacts and datasets
 * @param needs processors, memory and GPUs; empty for what the cluster gives
 * @param secret a Secret whose keys become variables
 */
public record Pod(
    String image,
    List<String> command,
    Path root,
    String claim,
    Optional<LaunchConfig> needs,
    Optional<String> secret) {
  /**
   * What a Job does when a pod ends: exit codes that another try would not change fail it, and any
   * other, such as that of a busy machine or an eviction, starts another.
   */
  public static final String FAILURES =
      """
      podFailurePolicy:
        rules:
          - action: FailJob
            onExitCodes:
              containerName: pipeline
              operator: In
              values: [1, 2, 4, 5]
      """;

  /** YAML of the PodSpec, not indented. */
  public String spec() {
    return """
        restartPolicy: Never
        terminationGracePeriodSeconds: 300
        containers:
          - name: pipeline
            image: %s
            command: %s
            workingDir: %s
        %s    volumeMounts:
              - name: data
                mountPath: %s
                subPath: artifacts
              - name: data
                mountPath: %s
                subPath: datasets
        volumes:
          - name: data
            persistentVolumeClaim:
              claimName: %s
        """
        .formatted(
            Json.line(image),
            Json.line(command.stream().map(Pod::literal).toList()),
            Json.line(root.toString()),
            (resources() + variables()).indent(4),
            Json.line(root.resolve("artifacts").toString()),
            Json.line(root.resolve("datasets").toString()),
            Json.line(claim));
  }

  /** Kubernetes puts variables in for $(NAME), unless the dollar is doubled. */
  private static String literal(String word) {
    return word.replace("$(", "$$(");
  }

  private String resources() {
    return needs.map(Pod::resources).orElse("");
  }

  private static String resources(LaunchConfig needs) {
    String gpus = needs.gpus() > 0 ? "    nvidia.com/gpu: \"" + needs.gpus() + "\"\n" : "";
    String memory = needs.memory().map(size -> "    memory: \"" + size.bytes() + "\"\n").orElse("");
    String rest = "    cpu: \"" + needs.cpus() + "\"\n" + memory;
    return "resources:\n  requests:\n" + rest + gpus + "  limits:\n" + rest + gpus;
  }

  private String variables() {
    return secret
        .map(name -> "envFrom:\n  - secretRef:\n      name: " + Json.line(name) + "\n")
        .orElse("");
  }
}
