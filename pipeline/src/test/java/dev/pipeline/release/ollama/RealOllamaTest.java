package dev.pipeline.release.ollama;

import java.net.URI;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** The contract against the server that {@code OLLAMA_HOST} names, such as http://host:11434. */
@Tag("recipe")
@EnabledIfEnvironmentVariable(named = "OLLAMA_HOST", matches = "http.+")
class RealOllamaTest implements OllamaContract {
  @Override
  public URI address() {
    return URI.create(System.getenv("OLLAMA_HOST"));
  }
}
