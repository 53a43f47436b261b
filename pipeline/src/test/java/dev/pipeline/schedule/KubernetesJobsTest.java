package dev.pipeline.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.config.TimetableConfig;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Against the fields of CronJob batch/v1 as the API's reference names them. */
class KubernetesJobsTest {
  private static final YAMLMapper YAML = new YAMLMapper();

  @Test
  void eachTaskIsACronJobThatNeverRunsTwiceAtATime() {
    List<JsonNode> jobs = jobs(Setups.in("/opt/pipeline"));
    assertThat(jobs).hasSize(2);
    for (JsonNode job : jobs) {
      assertThat(job.at("/apiVersion").asString()).isEqualTo("batch/v1");
      assertThat(job.at("/kind").asString()).isEqualTo("CronJob");
      assertThat(names(job)).containsExactly("apiVersion", "kind", "metadata", "spec");
      JsonNode spec = job.at("/spec");
      assertThat(names(spec))
          .isSubsetOf(
              "schedule",
              "timeZone",
              "concurrencyPolicy",
              "startingDeadlineSeconds",
              "successfulJobsHistoryLimit",
              "failedJobsHistoryLimit",
              "suspend",
              "jobTemplate");
      assertThat(spec.at("/concurrencyPolicy").asString()).isEqualTo("Forbid");
      assertThat(spec.at("/timeZone").asString()).isEqualTo("Europe/Berlin");
      JsonNode pod = spec.at("/jobTemplate/spec/template/spec");
      // A podFailurePolicy is only allowed with it.
      assertThat(pod.at("/restartPolicy").asString()).isEqualTo("Never");
      assertThat(pod.at("/containers/0/name").asString())
          .isEqualTo(
              spec.at("/jobTemplate/spec/podFailurePolicy/rules/0/onExitCodes/containerName")
                  .asString());
      assertThat(pod.at("/volumes/0/persistentVolumeClaim/claimName").asString())
          .isEqualTo("claim");
    }
    assertThat(jobs.get(0).at("/spec/schedule").asString()).isEqualTo("30 6 * * *");
    assertThat(jobs.get(1).at("/spec/schedule").asString()).isEqualTo("0 2 1 * *");
  }

  @Test
  void theSchemaTakesThemAndNoMistake() {
    for (String yaml : documents(Setups.in(Setups.HARD))) {
      assertThat(KubernetesSchema.fault(yaml)).isEmpty();
      assertThat(KubernetesSchema.fault(yaml.replace("concurrencyPolicy", "concurrency")))
          .isPresent();
      assertThat(KubernetesSchema.fault(yaml.replace("jobTemplate", "template"))).isPresent();
      assertThat(KubernetesSchema.fault(yaml.replace("Seconds: 86400", "Seconds: 1d"))).isPresent();
      assertThat(KubernetesSchema.fault(yaml.replace("claimName", "claim"))).isPresent();
    }
  }

  @Test
  void wordsAreTheSameAfterReading() {
    JsonNode container =
        jobs(Setups.in(Setups.HARD)).get(1).at("/spec/jobTemplate/spec/template/spec/containers/0");
    assertThat(container.at("/workingDir").asString()).isEqualTo(Setups.HARD);
    assertThat(container.at("/command").valueStream().map(JsonNode::asString))
        .containsExactly(
            Setups.HARD + "/scripts/pipeline",
            "run",
            "retrain",
            "--config",
            "configs/my demo",
            "--set",
            "plan_text=50% off",
            "--reason",
            "schedule");
  }

  @Test
  void namesAreThoseOfTheApi() {
    Setup setup =
        new Setup(
            "a_very.long-model-name-that-goes-on-and-on-and-on-and-on",
            Path.of("/opt"),
            Path.of("/opt/scripts/pipeline"),
            List.of(),
            TimetableConfig.DEFAULTS);
    assertThat(jobs(setup).stream().map(job -> job.at("/metadata/name").asString()))
        .doesNotHaveDuplicates()
        .allMatch(name -> name.matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?") && name.length() <= 52);
  }

  private static List<JsonNode> jobs(Setup setup) {
    return documents(setup).stream().map(YAML::readTree).toList();
  }

  private static List<String> documents(Setup setup) {
    String yaml = new KubernetesJobs(setup, "pipeline:1", "claim").yaml();
    return List.of(yaml.split("(?m)^---\n"));
  }

  private static List<String> names(JsonNode node) {
    return List.copyOf(node.propertyNames());
  }
}
