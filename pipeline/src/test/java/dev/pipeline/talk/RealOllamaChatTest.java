package dev.pipeline.talk;

import java.net.URI;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/**
 * The contract against the server that {@code OLLAMA_HOST} names, such as http://host:11434, with
 * the model that {@code OLLAMA_TEST_MODEL} names.
 */
@Tag("recipe")
@EnabledIfEnvironmentVariable(named = "OLLAMA_HOST", matches = "http.+")
@EnabledIfEnvironmentVariable(named = "OLLAMA_TEST_MODEL", matches = ".+")
class RealOllamaChatTest implements OllamaChatContract {
  @Override
  public URI address() {
    return URI.create(System.getenv("OLLAMA_HOST"));
  }

  @Override
  public String model() {
    return System.getenv("OLLAMA_TEST_MODEL");
  }
}
