package dev.pipeline.weights.ollama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pipeline.io.Failure;
import dev.pipeline.io.Hashes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OllamaStoreTest {
  private static final String CONTENT = "GGUF and so on";
  private static final String DIGEST = Hashes.sha256(CONTENT);
  private static final String MODEL = "application/vnd.ollama.image.model";

  @TempDir Path folder;
  private Path blob;

  @BeforeEach
  void pull() throws IOException {
    blob = folder.resolve("blobs").resolve("sha256-" + DIGEST);
    Files.createDirectories(folder.resolve("blobs"));
    Files.writeString(blob, CONTENT);
    manifest("registry.ollama.ai/library/phi4/latest", layer(MODEL, "sha256:" + DIGEST, 14));
  }

  @Test
  void findsTheFileOfAModel() {
    OllamaBlob found = model("phi4");

    assertThat(found.file()).isEqualTo(blob);
    found.verify();
  }

  @Test
  void namesMayCarryTagNamespaceAndHost() throws IOException {
    String layer = layer(MODEL, "sha256:" + DIGEST, 14);
    manifest("registry.ollama.ai/library/phi4/14b-q4_K_M", layer);
    manifest("registry.ollama.ai/someone/tuned/v2", layer);
    manifest("hf.co/someone/tuned/Q8_0", layer);

    assertThat(model("phi4:14b-q4_K_M").file()).isEqualTo(blob);
    assertThat(model("someone/tuned:v2").file()).isEqualTo(blob);
    assertThat(model("hf.co/someone/tuned:Q8_0").file()).isEqualTo(blob);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "../phi4", "phi4:../../x", "/phi4", "a/b/c/d", "phi4:", "phi4:a..b", "p\n"})
  void refusesNamesThatCouldLeaveTheStore(String name) {
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> model(name))
        .withMessageContaining("is no model name");
  }

  @Test
  void refusesWhatIsNotThere() throws IOException {
    refusal("mistral", "Ollama has no model mistral:latest");
    Files.delete(blob);
    refusal("phi4", "Ollama has no " + blob);
  }

  @Test
  void refusesAnotherSizeAndAnotherDigest() throws IOException {
    Files.writeString(blob, "GGUF and so o!");
    OllamaBlob sameSize = model("phi4");
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(sameSize::verify)
        .withMessageContaining("is damaged");

    Files.writeString(blob, CONTENT + " forth");
    refusal("phi4", "has 20 bytes, its manifest says 14");
  }

  @Test
  void refusesManifestsThatAreNotOne() throws IOException {
    String name = "registry.ollama.ai/library/phi4/latest";
    manifest(name, layer("application/vnd.ollama.image.template", "sha256:" + DIGEST, 14));
    refusal("phi4", "has 0 layers of type " + MODEL);
    manifest(name, layer(MODEL, "sha256:../../../etc/passwd", 14));
    refusal("phi4", "names the digest");
    manifest(
        name,
        layer(MODEL, "sha256:" + DIGEST, 14)
            + ","
            + layer("application/vnd.ollama.image.adapter", "sha256:" + DIGEST, 14));
    refusal("phi4", "adds an adapter");
    Files.writeString(folder.resolve("manifests").resolve(name), "no JSON");
    refusal("phi4", "is not JSON");
  }

  private OllamaBlob model(String name) {
    return new OllamaStore(folder).model(OllamaName.parse(name));
  }

  private void refusal(String name, String reason) {
    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> model(name))
        .withMessageContaining(reason);
  }

  private void manifest(String name, String layers) throws IOException {
    Path file = folder.resolve("manifests").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "{\"schemaVersion\":2,\"layers\":[" + layers + "]}");
  }

  private static String layer(String type, String digest, int size) {
    return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}".formatted(type, digest, size);
  }
}
