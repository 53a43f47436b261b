package dev.pipeline.schedule.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pipeline.config.LaunchConfig.Where;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Held against fabric8's classes, which are generated from the OpenAPI schema of Kubernetes. */
class KubernetesJobTest {
  private static final String MODEL = "io.fabric8.kubernetes.api.model";
  private static final String YAML =
      KubernetesJob.yaml(Launched.launch(Where.KUBERNETES, Path.of("logs")));

  @Test
  void everyFieldIsOneOfTheSchema() throws ReflectiveOperationException {
    assertThat(unknown(Serialization.unmarshal(YAML, Job.class))).isEmpty();
  }

  @Test
  void andAFieldThatIsNoneWouldBeSeen() throws ReflectiveOperationException {
    String wrong = YAML.replace("mountPath", "mountpath").replace("backoffLimit", "backofLimit");
    assertThat(unknown(Serialization.unmarshal(wrong, Job.class)))
        .contains("mountpath", "backofLimit");
  }

  /** Names below {@code value} that the schema does not have, which fabric8 keeps apart. */
  private static List<String> unknown(Object value) throws ReflectiveOperationException {
    List<String> names = new ArrayList<>();
    if (value instanceof Collection<?> items) {
      for (Object item : items) {
        names.addAll(unknown(item));
      }
    } else if (value != null && value.getClass().getPackageName().startsWith(MODEL)) {
      for (Method getter : value.getClass().getMethods()) {
        boolean plain = getter.getName().startsWith("get") && getter.getParameterCount() == 0;
        Object inner = plain ? getter.invoke(value) : null;
        if (inner instanceof Map<?, ?> more && getter.getName().equals("getAdditionalProperties")) {
          more.keySet().forEach(name -> names.add(String.valueOf(name)));
        } else if (inner != null) {
          names.addAll(unknown(inner));
        }
      }
    }
    return names;
  }
}
