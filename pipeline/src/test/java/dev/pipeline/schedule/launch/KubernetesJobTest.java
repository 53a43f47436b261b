package dev.pipeline.schedule.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.config.LaunchConfig.Where;
import dev.pipeline.schedule.KubernetesSchema;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Held against the published schema of Kubernetes' API. */
class KubernetesJobTest {
  private static final String YAML =
      KubernetesJob.yaml(Launched.launch(Where.KUBERNETES, Path.of("logs")));

  @Test
  void theSchemaTakesTheJob() {
    assertThat(KubernetesSchema.fault(YAML)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          backoffLimit: 6        | backofLimit: 6          | backofLimit
          backoffLimit: 6        | backoffLimit: "6"       | "backoffLimit":"6"
          backoffLimit: 6        | backoffLimit: six       | six
          mountPath              | mountpath               | mountpath
          subPath: artifacts     | subPath: 7              | "subPath":7
          operator: In           | operators: In           | operator
          values: [1, 2, 4, 5]   | values: 1               | values
          restartPolicy: Never   | restartPolicy: [Never]  | restartPolicy
          - name: pipeline       | - named: pipeline       | named
          containers             | container               | container
          batch/v1               | batch/v2                | batch/v2 Job
          """)
  void aMistakeWouldBeSeen(String right, String wrong, String named) {
    String mistaken = YAML.replaceFirst(right.replaceAll("[\\[\\]]", "\\\\$0"), wrong);
    assertThat(mistaken).isNotEqualTo(YAML);
    assertThat(KubernetesSchema.fault(mistaken).orElse("")).contains(named);
  }
}
