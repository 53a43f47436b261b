package dev.pipeline.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SpeedTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void isThatOfTheLastTenSeconds() {
    Speed speed = new Speed();
    speed.at(0, 0);
    assertThat(speed.bytesPerSecond()).isZero();
    speed.at(SECOND, 100);
    assertThat(speed.bytesPerSecond()).isEqualTo(100);
    for (int second = 2; second <= 30; second++) {
      speed.at(second * SECOND, 100 + 1000L * (second - 1));
    }
    assertThat(speed.bytesPerSecond()).isEqualTo(1000);
  }

  @Test
  void beginsAnewWhenAFileDoes() {
    Speed speed = new Speed();
    speed.at(0, 1000);
    speed.at(SECOND, 2000);
    speed.at(2 * SECOND, 0);
    assertThat(speed.bytesPerSecond()).isZero();
    speed.at(3 * SECOND, 500);
    assertThat(speed.bytesPerSecond()).isEqualTo(500);
  }
}
