package dev.pipeline.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pipeline.config.ConfigLoader;
import dev.pipeline.config.PipelineConfig;
import dev.pipeline.io.Failure;
import dev.pipeline.jobs.Examination.State;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServersTest {
  private static final String SECRET = "s3cr3t-key";

  private final PipelineConfig config =
      ConfigLoader.load(Path.of("../configs/demo"), List.of(), "model");

  @Test
  void whatNobodyAskedForIsFine() {
    Servers servers = new Servers(Map.of());
    assertThat(servers.qdrant(config).state()).isEqualTo(State.PASS);
    assertThat(servers.qdrant(config).detail()).startsWith("not asked for");
    assertThat(servers.wandb().state()).isEqualTo(State.PASS);
    assertThat(new Servers(Map.of("WANDB_MODE", "offline", "WANDB_API_KEY", SECRET)).wandb())
        .extracting(Examination::state)
        .isEqualTo(State.PASS);
  }

  @Test
  void whatWandbWouldNotTakeIsWarnedOf() {
    for (Map<String, String> wrong :
        List.of(Map.of("WANDB_MODE", "bogus"), Map.of("WANDB_API_KEY", SECRET + "\n" + SECRET))) {
      Examination found = new Servers(wrong).wandb();
      assertThat(found.state()).isEqualTo(State.WARN);
      assertThat(found.fix()).isNotBlank();
      assertThat(found.detail()).doesNotContain(SECRET);
    }
    assertThat(new Servers(Map.of("WANDB_MODE", "disabled")).wandb().state()).isEqualTo(State.PASS);
  }

  @Test
  void aServerThatListensIsReachedAndItsKeyOnlyCounted() throws IOException {
    try (ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      String url = "http://127.0.0.1:" + listening.getLocalPort();
      for (Examination found :
          List.of(
              new Servers(Map.of("QDRANT_URL", url, "QDRANT_API_KEY", SECRET)).qdrant(config),
              new Servers(Map.of("WANDB_BASE_URL", url, "WANDB_API_KEY", SECRET)).wandb())) {
        assertThat(found.state()).isEqualTo(State.PASS);
        assertThat(found.detail())
            .startsWith("something listens at 127.0.0.1:")
            .endsWith("_API_KEY is set")
            .doesNotContain(SECRET);
      }
      assertThat(new Servers(Map.of("QDRANT_URL", url)).qdrant(config).detail())
          .endsWith(", no QDRANT_API_KEY");
      assertThat(new Servers(Map.of("OLLAMA_HOST", url)).ollama(config).state())
          .isEqualTo(State.PASS);
    }
  }

  @Test
  void aServerThatDoesNotAnswerIsNamedWithItsFixAndWithoutSecrets() throws IOException {
    String closed;
    try (ServerSocket free = new ServerSocket(0)) {
      closed = "127.0.0.1:" + free.getLocalPort();
    }
    Map<String, String> environment = new HashMap<>();
    environment.put("QDRANT_URL", "http://user:" + SECRET + "@" + closed);
    environment.put("WANDB_BASE_URL", "http://" + closed);
    environment.put("WANDB_API_KEY", SECRET);
    environment.put("OLLAMA_HOST", closed);
    Servers servers = new Servers(environment);
    for (Examination found :
        List.of(servers.qdrant(config), servers.wandb(), servers.ollama(config))) {
      assertThat(found.state()).isEqualTo(State.WARN);
      assertThat(found.detail()).contains("no server answers at " + closed).doesNotContain(SECRET);
      assertThat(found.fix()).isNotBlank().doesNotContain(SECRET);
    }
  }

  @Test
  void whatIsNoAddressIsRefusedWithoutTellingIt() {
    Servers servers = new Servers(Map.of("QDRANT_URL", "http://:" + SECRET + "@ /"));
    assertThatThrownBy(() -> servers.qdrant(config))
        .isInstanceOf(Failure.class)
        .hasMessage("QDRANT_URL is no address");
  }
}
