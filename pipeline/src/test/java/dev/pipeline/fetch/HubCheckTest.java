package dev.pipeline.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HubCheckTest {
  @Test
  void tellsWhetherTheHubAnswersAndTakesTheToken() throws IOException {
    try (FakeHub hub = new FakeHub()) {
      String endpoint = hub.endpoint();
      assertThat(HubCheck.look(Map.of("HF_ENDPOINT", endpoint)))
          .isEqualTo(new HubCheck.Finding(endpoint + " answers, no token is set (HF_TOKEN)", ""));
      assertThat(HubCheck.look(Map.of("HF_ENDPOINT", endpoint, "HF_TOKEN", FakeHub.TOKEN)))
          .isEqualTo(new HubCheck.Finding(endpoint + " answers, and takes the token", ""));
      assertThat(HubCheck.look(Map.of("HF_ENDPOINT", endpoint, "HF_TOKEN", "hf_old")).fix())
          .contains("set HF_TOKEN to a valid one")
          .doesNotContain("hf_old");
      assertThat(hub.violations).isEmpty();
    }
  }

  @Test
  void silenceIsNoFailureForWhoDoesNotFetch() {
    HubCheck.Finding silent = HubCheck.look(Map.of("HF_ENDPOINT", "http://127.0.0.1:1"));
    assertThat(silent.detail()).contains("http://127.0.0.1:1 does not answer");
    assertThat(silent.fix()).contains("HF_HUB_OFFLINE=1");
    assertThat(HubCheck.look(Map.of("HF_HUB_OFFLINE", "1")).fix()).isEmpty();
  }
}
