package dev.pipeline.talk;

import java.net.URI;
import org.junit.jupiter.api.AfterEach;

/** The contract against the stand-in. */
class FakeOllamaChatTest implements OllamaChatContract {
  private final FakeOllamaChat server = new FakeOllamaChat();

  @AfterEach
  void close() {
    server.close();
  }

  @Override
  public URI address() {
    return server.address();
  }

  @Override
  public String model() {
    return FakeOllamaChat.MODEL;
  }
}
