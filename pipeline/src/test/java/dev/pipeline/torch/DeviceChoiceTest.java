package dev.pipeline.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import dev.pipeline.io.ExitCode;
import dev.pipeline.io.Failure;
import org.junit.jupiter.api.Test;

class DeviceChoiceTest {
  @Test
  void cudaIsAllOfThem() {
    assertThat(DeviceChoice.of("cuda", 2)).containsExactly(Device.gpu(0), Device.gpu(1));
    assertThat(DeviceChoice.of("auto", 2)).containsExactly(Device.gpu(0), Device.gpu(1));
  }

  @Test
  void numbersAreThoseInTheirOrder() {
    assertThat(DeviceChoice.of("cuda:1", 2)).containsExactly(Device.gpu(1));
    assertThat(DeviceChoice.of("cuda:3,0", 4)).containsExactly(Device.gpu(3), Device.gpu(0));
  }

  @Test
  void theCpuIsOne() {
    assertThat(DeviceChoice.of("cpu", 2)).containsExactly(Device.cpu());
    assertThat(DeviceChoice.of("auto", 0)).containsExactly(Device.cpu());
  }

  @Test
  void aGpuThatIsNotThereIsRefused() {
    assertThatThrownBy(() -> DeviceChoice.of("cuda", 0))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.exitCode()).isEqualTo(ExitCode.INFRASTRUCTURE);
              assertThat(failure.fix()).contains("pipeline doctor");
            });
    assertThatThrownBy(() -> DeviceChoice.of("cuda:0,2", 2))
        .hasMessage("device: cuda:0,2 is configured, but PyTorch sees 2, from cuda:0 on");
  }

  @Test
  void whatIsNoDeviceIsRefused() {
    assertThatThrownBy(() -> DeviceChoice.of("gpu", 2))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE));
  }
}
