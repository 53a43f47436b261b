package dev.pipeline.fetch;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** The contract against the stand-in. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FakeHubTest implements HubContract {
  private FakeHub hub;

  @BeforeAll
  void start() throws IOException {
    hub = new FakeHub();
    hub.add(Fetching.MODEL)
        .git("config.json", "{\"model_type\":\"phi3\",\"padding\":\"" + "x".repeat(500) + "\"}")
        .lfs("model.safetensors", FakeContent.safetensors(200_000, 5));
  }

  @AfterAll
  void stop() throws IOException {
    hub.close();
  }

  @Override
  public String endpoint() {
    return hub.endpoint();
  }

  @Override
  public String model() {
    return Fetching.MODEL;
  }

  @Override
  public Fetching fetching(java.nio.file.Path folder) {
    // Not the environment: a token of the real hub is none of this one's business.
    return new Fetching(endpoint(), folder);
  }
}
