package dev.pipeline.torch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("recipe")
class MatmulSpeedTest {
  @Test
  void isThatOfAProcessor() {
    try (Torch torch = Torch.open("cpu", 1)) {
      assertThat(MatmulSpeed.measure(torch, Duration.ofMillis(100))).isBetween(1e9, 1e12);
    }
  }
}
