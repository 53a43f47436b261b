package dev.pipeline.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceRegistryTest {
  private static final Path SHIPPED = Path.of("..", "configs", "devices");
  private static final String ABACUS =
      """
      peak_tflops: 0.5
      memory_gb: 2
      source: counted
      utilisation: 0.25
      basis: guessed
      """;

  @TempDir Path folder;

  @Test
  void everyShippedDeviceLoadsAndOpensWithItsCommand() {
    DeviceRegistry shipped = new DeviceRegistry(SHIPPED);
    assertThat(shipped.names())
        .containsExactly("a100-40gb", "a100-80gb", "h100", "h200", "l4", "rtx-4090");
    for (String name : shipped.names()) {
      assertThat(shipped.device(name, "here").utilisation()).isBetween(0.1, 0.9);
      assertThat(SHIPPED.resolve(name + ".yaml"))
          .content()
          .startsWith("# scripts/pipeline estimate --device " + name + "\n");
    }
    assertThat(shipped.device("a100-80gb", "here").peakTflops()).isEqualTo(312);
  }

  @Test
  void aFileSaysEverything() throws IOException {
    write(ABACUS);
    assertThat(device()).isEqualTo(new DeviceConfig(0.5, 2, 0.25, "guessed", "counted"));
  }

  @Test
  void mistakesAreNamedWithTheirPlace() throws IOException {
    write(ABACUS.replace("source: counted\n", ""));
    assertThat(refusal().reason()).endsWith("abacus.yaml: source is missing");
    write(ABACUS + "colour: red\n");
    assertThat(refusal().reason()).contains("abacus.yaml:6: unknown key \"colour\" of a device");
    write(ABACUS.replace("0.25", "40"));
    assertThat(refusal().reason()).contains("abacus.yaml:4: utilisation must be");
    write(ABACUS.replace("0.25", "0"));
    assertThat(refusal().reason()).contains("abacus.yaml:4: utilisation must be");
  }

  @Test
  void anUnknownDeviceShowsTheKnownOnes() throws IOException {
    write(ABACUS);
    Failure failure =
        catchThrowableOfType(
            Failure.class, () -> new DeviceRegistry(folder).device("abacs", "--device"));
    assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(failure.reason()).startsWith("--device: no device \"abacs\" in ");
    assertThat(failure.fix()).startsWith("did you mean \"abacus\"? known are abacus; ");
  }

  private Failure refusal() {
    return catchThrowableOfType(Failure.class, this::device);
  }

  private DeviceConfig device() {
    return new DeviceRegistry(folder).device("abacus", "here");
  }

  private void write(String text) throws IOException {
    Files.writeString(folder.resolve("abacus.yaml"), text);
  }
}
